// @ts-check

/** @typedef {typeof import('./docs-registries.mjs')} Registries */
/** @typedef {ReturnType<Registries['annotationAnswers']>[number]} NameAnswer */

const HEAD = { $schema: 'http://json-schema.org/draft-07/schema#' };

/** Where the schemas of Kubernetes itself are, each with all that it refers to. */
const KUBERNETES = 'https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master/master-standalone';

/** What stands before the name of an annotation unless the controller is told another prefix. */
const PREFIX = 'nginx.ingress.kubernetes.io/';

/** A text that counts literally in a regular expression. */
function escaped(/** @type {string} */ text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/**
 * The schema of a value; an empty one counts as none, whatever the type.
 * @param {NameAnswer['schema']} schema
 * @param {string} value what it is, in words
 */
function valueSchema(schema = {}, value = '') {
  const { enum: words, pattern, anyOf, ...others } = schema;
  return {
    type: 'string',
    ...others,
    ...(Array.isArray(words) ? { enum: [...words, ''] } : {}),
    ...(typeof pattern === 'string' ? { pattern: `^$|${pattern}`, patternErrorMessage: `must be: ${value}` } : {}),
    ...(Array.isArray(anyOf) ? { anyOf: [...anyOf, { const: '' }] } : {}),
  };
}

/** What editors show of a name. */
function description(/** @type {NameAnswer} */ { summary, value, becomes, differs = [], lost, since, instead }) {
  const parts = [
    summary,
    value === undefined ? undefined : `Value: ${value}.`,
    becomes === undefined || becomes === '' ? undefined : `In nginx: ${becomes}.`,
    ...differs.map(says => `Differs: ${says}.`),
    lost === undefined ? undefined : `Not honoured: ${lost}.`,
    instead === undefined ? undefined : `Removed from the controller; instead: ${instead}.`,
    since === undefined ? undefined : `Since ingress-nginx ${since}.`,
  ];
  return parts.filter(part => part !== undefined).join('\n\n');
}

function property(/** @type {NameAnswer} */ answer) {
  const { standing, schema, value, example, defaultFrom } = answer;
  const text = description(answer);
  if (standing !== 'exact' && standing !== 'differs') {
    return { description: text, type: 'string', deprecated: true, deprecationMessage: text };
  }
  const byDefault = defaultFrom === undefined && answer.default !== '' ? { default: answer.default } : {};
  return {
    description: text,
    ...valueSchema(schema, value),
    ...byDefault,
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

/** The properties of all names, each with its prefix. */
function properties(/** @type {readonly NameAnswer[]} */ answers, prefix = '') {
  const sorted = answers.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(sorted.map(answer => [prefix + answer.name, property(answer)]));
}

/** For `metadata.annotations` of an Ingress: unknown names below the prefix are refused, others are left alone. */
export function annotationsSchema(/** @type {readonly NameAnswer[]} */ answers) {
  const names = answers.map(({ name }) => escaped(name)).toSorted();
  return {
    ...HEAD,
    title: 'Annotations of ingress-nginx, as ingress2nginx honours them',
    type: 'object',
    properties: properties(answers, PREFIX),
    patternProperties: { [`^${escaped(PREFIX)}(?!(?:${names.join('|')})$)`]: false },
    additionalProperties: { type: 'string' },
  };
}

/** For `data` of the ConfigMap of the controller. */
export function optionsSchema(/** @type {readonly NameAnswer[]} */ answers) {
  return {
    ...HEAD,
    title: "Options of ingress-nginx's ConfigMap, as ingress2nginx honours them",
    type: 'object',
    properties: properties(answers),
    additionalProperties: false,
  };
}

/**
 * An object of which one part is known.
 * @param {string} title
 * @param {readonly string[]} path Leads to the part.
 * @param {string} part Its schema.
 */
function partSchema(title, path, part) {
  /** @type {object} */
  let schema = { $ref: part };
  for (const field of path.toReversed()) schema = { type: 'object', properties: { [field]: schema } };
  return { ...HEAD, title, ...schema };
}

/** An Ingress, and the ConfigMap of the controller, of which the rest may be anything. */
export const ingressPart = partSchema('Annotations of an Ingress', ['metadata', 'annotations'], 'annotations.json');
export const configMapPart = partSchema('Options of the ConfigMap of ingress-nginx', ['data'], 'options.json');

/** The same together with the schema of Kubernetes, which the editor fetches. */
export function wholeSchema(/** @type {string} */ title, /** @type {string} */ kubernetes, /** @type {string} */ part) {
  return { ...HEAD, title, allOf: [{ $ref: `${KUBERNETES}/${kubernetes}` }, { $ref: part }] };
}
