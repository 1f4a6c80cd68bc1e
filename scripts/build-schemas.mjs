// @ts-check
/**
 * Compiles the JSON Schemas of src/resources twice, so that no schema is compiled at run time: to generated/accepts.js,
 * which says whether a value is valid, and with ajv to generated/validators.cjs, which says what is wrong with it. The
 * latter is five times as large, and read when it is needed; hence it is CommonJS, which can be loaded between two steps.
 *
 * The schemas are read as the API server reads objects: a property that is null counts as one that is not there.
 * Hence `properties` and `required` have definitions of their own here; everything else is ajv's.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ajvModule from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

import { acceptCode } from './accept-code.mjs';

/** @typedef {import('ajv/dist/2020.js').Ajv2020} Ajv */
/** @typedef {import('ajv').KeywordCxt} Context */
/** @typedef {import('ajv/dist/types/index.js').KeywordErrorCxt} ErrorContext */
/** @typedef {import('ajv').CodeKeywordDefinition} Definition */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { Ajv2020, _ } = ajvModule;
const standaloneCode = standaloneModule.default;

/** Schemas of kinds. */
export const KINDS = {
  ingressV1: 'ingress.schema.json#/$defs/v1',
  ingressV1beta1: 'ingress.schema.json#/$defs/v1beta1',
  ingressClass: 'ingress-class.schema.json',
  service: 'service.schema.json',
  endpoints: 'endpoints.schema.json',
  endpointSliceV1: 'endpoint-slice.schema.json#/$defs/v1',
  endpointSliceV1beta1: 'endpoint-slice.schema.json#/$defs/v1beta1',
  secret: 'secret.schema.json',
  configMap: 'config-map.schema.json',
};

/** Schemas of texts; what is wrong with them is said without ajv. */
export const TEXTS = {
  dnsName: 'meta.schema.json#/$defs/dnsName',
  serviceName: 'meta.schema.json#/$defs/serviceName',
  label: 'meta.schema.json#/$defs/label',
  host: 'meta.schema.json#/$defs/host',
};

/** Keywords whose errors say by name (`says` beside them) which message they want. */
const SAYING = ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum'];

/** Writes both, and the types of the names in them. */
export async function buildSchemas() {
  const ajv = schemaCompiler();
  const folder = new URL('../src/resources/', import.meta.url);
  const schemas = [];
  for (const file of (await readdir(folder)).toSorted()) {
    if (file.endsWith('.schema.json')) schemas.push(JSON.parse(await readFile(new URL(file, folder), 'utf8')));
  }
  for (const schema of schemas) ajv.addSchema(schema);
  const generated = new URL('../generated/', import.meta.url);
  await mkdir(generated, { recursive: true });
  await build({
    stdin: { contents: standaloneCode(ajv, KINDS), resolveDir: ROOT },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    minify: true,
    outfile: fileURLToPath(new URL('validators.cjs', generated)),
  });
  await writeFile(new URL('accepts.js', generated), acceptCode(schemas, { ...KINDS, ...TEXTS }));
  await writeFile(new URL('accepts.d.ts', generated), declarations());
}

function schemaCompiler() {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, lines: false },
  });
  ajv.addKeyword({ keyword: 'says', schemaType: 'string' });
  for (const keyword of SAYING) redefine(ajv, keyword, cxt => _`{says: ${cxt.parentSchema?.['says'] ?? null}}`);
  redefine(
    ajv,
    'additionalProperties',
    cxt =>
      _`{unknown: ${cxt.params['additionalProperty']}, known: ${Object.keys(cxt.parentSchema?.['properties'] ?? {}).join(' ')}}`,
  );
  redefine(ajv, 'propertyNames', cxt => _`{key: ${cxt.params['propertyName']}, says: ${cxt.schema.says ?? null}}`);
  for (const definition of [properties, required]) {
    ajv.removeKeyword(String(definition.keyword));
    ajv.addKeyword(definition);
  }
  return ajv;
}

/**
 * The keyword as ajv has it, with other parameters in its errors.
 * @param {Ajv} ajv
 * @param {string} keyword
 * @param {(cxt: ErrorContext) => import('ajv').Code} params
 */
function redefine(ajv, keyword, params) {
  const rule = ajv.RULES.all[keyword];
  if (typeof rule !== 'object') throw new Error(`ajv has no keyword ${keyword}`);
  const { definition } = rule;
  ajv.removeKeyword(keyword);
  ajv.addKeyword({ ...definition, keyword, error: { message: '', ...definition.error, params } });
}

/** @type {Definition} */
const properties = {
  keyword: 'properties',
  type: 'object',
  schemaType: 'object',
  code(/** @type {Context} */ cxt) {
    for (const name of Object.keys(cxt.schema)) {
      cxt.it.definedProperties.add(name);
      if (cxt.schema[name] === true) continue;
      cxt.gen.if(_`${cxt.data}[${name}] != null`, () => {
        cxt.subschema({ keyword: 'properties', schemaProp: name, dataProp: name }, cxt.gen.name('valid'));
      });
    }
  },
};

/** @type {Definition} */
const required = {
  keyword: 'required',
  type: 'object',
  schemaType: 'array',
  error: { message: '', params: ({ params }) => _`{missing: ${params['missing']}}` },
  code(/** @type {Context} */ cxt) {
    for (const name of cxt.schema) {
      cxt.setParams({ missing: name }, true);
      cxt.fail(_`${cxt.data}[${name}] == null`);
    }
  },
};

function declarations() {
  const union = (/** @type {object} */ names) =>
    Object.keys(names)
      .map(name => `'${name}'`)
      .join(' | ');
  return `/** Of generated/validators.cjs. */
export type SchemaName = ${union(KINDS)};
export type TextForm = ${union(TEXTS)};
export declare const accepts: Readonly<Record<SchemaName | TextForm, (value: unknown) => boolean>>;
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await buildSchemas();
