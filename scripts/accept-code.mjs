// @ts-check
/**
 * Turns JSON Schemas into functions that say whether they accept a value and nothing else: a fifth of the code of ajv's
 * validators, which are asked only for what is wrong. The verdict is ajv's: test/property/schemas.test.ts compares both.
 * A keyword that is not known here fails the build.
 */

/** @typedef {Readonly<Record<string, any>>} Schema */
/** @typedef {{ readonly schema: any, readonly file: Schema }} Target A schema, and the file in which it stands. */
/** @typedef {(v: string) => string} Test The condition on a value, as an expression of a variable. */
/**
 * @typedef {object} Code
 * @property {ReadonlyMap<string, Schema>} files By their `$id`.
 * @property {string[]} made Declarations, those first that others need.
 * @property {Map<unknown, string>} names Patterns and schemas, with the names of what was made of them.
 */

/** Keywords that refuse nothing. */
const SILENT = new Set(['$schema', '$id', '$comment', '$defs', 'title', 'description', 'says']);

/** @type {ReadonlyMap<string, Test>} */
const TYPES = new Map([
  ['string', v => `typeof ${v}==="string"`],
  ['boolean', v => `typeof ${v}==="boolean"`],
  ['integer', v => `Number.isInteger(${v})`],
  ['null', v => `${v}===null`],
  ['array', v => `Array.isArray(${v})`],
  ['object', v => `isObject(${v})`],
]);

/** What keywords ask of values of a type, which is all that they are about. */
const OF_TYPE = new Map([
  ['string', ['pattern', 'minLength', 'maxLength']],
  ['integer', ['minimum', 'maximum']],
  ['array', ['minItems', 'maxItems', 'items']],
  ['object', ['maxProperties', 'required', 'properties', 'propertyNames', 'additionalProperties']],
]);

const HELPERS = `
function isObject(v){return typeof v==="object"&&v!==null&&!Array.isArray(v)}
function characters(text){return [...text].length}
`;

/**
 * The text of a module.
 *
 * @param {readonly Schema[]} files Each with its `$id`.
 * @param {Readonly<Record<string, string>>} exported The schema behind each name.
 */
export function acceptCode(files, exported) {
  /** @type {Code} */
  const code = { files: new Map(files.map(file => [file['$id'], file])), made: [], names: new Map() };
  const members = Object.entries(exported).map(([name, ref]) => {
    const test = testOf(code, resolve(code, ref, ''));
    return `${name}:v=>${test('v')},\n`;
  });
  return [HELPERS, ...code.made, 'export const accepts={\n', ...members, '};\n'].join('');
}

/** @returns {Target} */
function resolve(/** @type {Code} */ { files }, /** @type {string} */ ref, /** @type {string} */ base) {
  const [id = '', pointer = ''] = ref.split('#');
  const file = files.get(id === '' ? base : id);
  const steps = pointer.split('/').slice(1);
  const schema = steps.reduce((/** @type {any} */ holder, step) => holder?.[step], file);
  if (file === undefined || schema === undefined) throw new Error(`there is no schema ${ref}`);
  return { schema, file };
}

/** @returns {Test} */
function testOf(/** @type {Code} */ code, /** @type {Target} */ target) {
  const { schema, file } = target;
  if (schema === true) return allOf([]);
  refuseUnknown(schema);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  /** @type {Test[]} */
  const tests = [];
  if (types.length > 0) tests.push(anyOf(types.map(typeTest)));
  if (schema.$ref !== undefined) tests.push(testOf(code, resolve(code, schema.$ref, file['$id'])));
  if (schema.enum !== undefined) tests.push(anyOf(schema.enum.map(equality)));
  for (const [type, keywords] of OF_TYPE) {
    if (!keywords.some(keyword => keyword in schema)) continue;
    const test = testOfType(code, type, target);
    // A keyword does not mind values of other types.
    const isSure = types.length === 1 && types[0] === type;
    tests.push(isSure ? test : v => `(!(${typeTest(type)(v)})||${test(v)})`);
  }
  return allOf(tests);
}

/** @returns {Test} */
function testOfType(/** @type {Code} */ code, /** @type {string} */ type, /** @type {Target} */ target) {
  const { schema } = target;
  switch (type) {
    case 'string':
      return textTest(code, schema);
    case 'integer':
      return numberTest(schema);
    case 'array':
      return v => `${named(code, schema, name => arrayFunction(code, name, target))}(${v})`;
    default:
      return v => `${named(code, schema, name => objectFunction(code, name, target))}(${v})`;
  }
}

/** @returns {Test} */
function textTest(/** @type {Code} */ code, /** @type {Schema} */ { pattern, minLength, maxLength }) {
  /** @type {Test[]} */
  const tests = [];
  if (minLength !== undefined) tests.push(v => `characters(${v})>=${minLength}`);
  // A character may have two halves, for which only long texts need be looked at.
  if (maxLength !== undefined) tests.push(v => `(${v}.length<=${maxLength}||characters(${v})<=${maxLength})`);
  if (pattern !== undefined) {
    // With the flag that ajv gives them.
    const make = (/** @type {string} */ name) => `const ${name}=new RegExp(${literal(pattern)},"u");\n`;
    tests.push(v => `${named(code, pattern, make)}.test(${v})`);
  }
  return allOf(tests);
}

/** @returns {Test} */
function numberTest(/** @type {Schema} */ { minimum, maximum }) {
  /** @type {Test[]} */
  const tests = [];
  if (minimum !== undefined) tests.push(v => `${v}>=${minimum}`);
  if (maximum !== undefined) tests.push(v => `${v}<=${maximum}`);
  return allOf(tests);
}

function arrayFunction(/** @type {Code} */ code, /** @type {string} */ name, /** @type {Target} */ { schema, file }) {
  const { minItems, maxItems, items } = schema;
  const lines = [];
  if (minItems !== undefined) lines.push(`if(v.length<${minItems})return false;`);
  if (maxItems !== undefined) lines.push(`if(v.length>${maxItems})return false;`);
  if (items !== undefined) {
    const item = unless(testOf(code, { schema: items, file }));
    lines.push(`for(let i=0;i<v.length;i++){const p=v[i];${item}}`);
  }
  return `function ${name}(v){${lines.join('')}return true}\n`;
}

function objectFunction(/** @type {Code} */ code, /** @type {string} */ name, /** @type {Target} */ { schema, file }) {
  const { maxProperties, required = [], properties = {}, propertyNames, additionalProperties = true } = schema;
  const lines = [];
  if (maxProperties !== undefined) lines.push(`if(Object.keys(v).length>${maxProperties})return false;`);
  for (const key of required) lines.push(`if(v[${literal(key)}]==null)return false;`);
  const bodies = Object.entries(properties).map(([key, value]) => {
    const test = testOf(code, { schema: value, file });
    // As the API server reads objects, a property that is null counts as one that is not there.
    return { key: literal(key), body: unless(v => `${v}==null||${test(v)}`) };
  });
  if (propertyNames === undefined && additionalProperties === true) {
    for (const { key, body } of bodies) lines.push(`{const p=v[${key}];${body}}`);
  } else {
    const ofKey = testOf(code, { schema: propertyNames ?? true, file })('k');
    const others =
      additionalProperties === false ? 'return false;' : unless(testOf(code, { schema: additionalProperties, file }));
    lines.push(`for(const k in v){const p=v[k];if(!(${ofKey}))return false;${switchOf(bodies, others)}}`);
  }
  return `function ${name}(v){${lines.join('')}return true}\n`;
}

/** Keys with the same body share it. */
function switchOf(/** @type {readonly { key: string, body: string }[]} */ bodies, /** @type {string} */ others) {
  if (bodies.length === 0) return others;
  /** @type {Map<string, string[]>} */
  const keysOf = new Map();
  for (const { key, body } of bodies) keysOf.set(body, [...(keysOf.get(body) ?? []), `case ${key}:`]);
  const cases = Array.from(keysOf, ([body, keys]) => `${keys.join('')}${body}break;`);
  return `switch(k){${cases.join('')}default:${others}}`;
}

/**
 * The name of what is made of a schema or a pattern, which is made once.
 * @param {Code} code
 * @param {unknown} what
 * @param {(name: string) => string} make
 */
function named({ made, names }, what, make) {
  const known = names.get(what);
  if (known !== undefined) return known;
  const name = `n${names.size}`;
  names.set(what, name);
  made.push(make(name));
  return name;
}

function refuseUnknown(/** @type {Schema} */ schema) {
  if (typeof schema !== 'object') throw new Error(`a schema is an object, not ${JSON.stringify(schema)}`);
  const known = [...SILENT, 'type', '$ref', 'enum', ...[...OF_TYPE.values()].flat()];
  const unknown = Object.keys(schema).filter(keyword => !known.includes(keyword));
  if (unknown.length > 0) throw new Error(`accept-code.mjs does not know the keyword ${unknown.join(', ')}`);
}

/** @returns {Test} */
function typeTest(/** @type {string} */ type) {
  const found = TYPES.get(type);
  if (found === undefined) throw new Error(`accept-code.mjs does not know the type ${type}`);
  return found;
}

/** @returns {Test} */
function equality(/** @type {unknown} */ value) {
  return v => `${v}===${literal(value)}`;
}

function literal(/** @type {unknown} */ value) {
  if (typeof value === 'object' && value !== null) throw new Error('accept-code.mjs compares plain values only');
  return JSON.stringify(value);
}

/** @returns {Test} */
function allOf(/** @type {readonly Test[]} */ tests) {
  return v => (tests.length === 0 ? 'true' : tests.map(each => each(v)).join('&&'));
}

/** @returns {Test} */
function anyOf(/** @type {readonly Test[]} */ tests) {
  return v => (tests.length === 1 ? allOf(tests)(v) : `(${tests.map(each => each(v)).join('||')})`);
}

/** A statement about `p`. */
function unless(/** @type {Test} */ test) {
  return `if(!(${test('p')}))return false;`;
}
