import type { Rule } from '../diagnostics/rule.ts';

export const brokenYaml = {
  id: 'I2N107',
  name: 'broken-yaml',
  severity: 'error',
  summary: 'A document that is not valid YAML.',
  why: 'The document cannot be read; the other documents of the file are.',
} satisfies Rule;

export const brokenJson = {
  id: 'I2N108',
  name: 'broken-json',
  severity: 'error',
  summary: 'A file that is not valid JSON.',
  why: 'Nothing after that position can be read; values that end before it are.',
} satisfies Rule;

export const duplicateKey = {
  id: 'I2N109',
  name: 'duplicate-key',
  severity: 'warning',
  summary: 'The same key twice in one mapping.',
  why: 'kubectl silently sends the last one and drops the others; other tools refuse the file. If what is lost may be access control, in an Ingress or a Secret without certificate, it is an error: their locations are closed.',
} satisfies Rule;

export const notAnObject = {
  id: 'I2N150',
  name: 'not-an-object',
  severity: 'error',
  summary: 'A document or list item that is text, a number or a list instead of an object.',
  why: 'A Kubernetes object is a mapping with apiVersion, kind and metadata.',
} satisfies Rule;

export const missingKind = {
  id: 'I2N151',
  name: 'missing-kind',
  severity: 'error',
  summary: 'An object without kind.',
  why: 'kubectl rejects it ("kind not set").',
} satisfies Rule;

export const notKubernetes = {
  id: 'I2N160',
  name: 'not-kubernetes',
  severity: 'warning',
  summary: 'A document with neither apiVersion nor kind.',
  why: 'Folders contain other YAML and JSON as well, such as the values of a Helm chart. A manifest without both fields is skipped, too.',
} satisfies Rule;

export const missingApiVersion = {
  id: 'I2N152',
  name: 'missing-api-version',
  severity: 'error',
  summary: 'An object without apiVersion.',
  why: 'kubectl rejects it ("apiVersion not set"); the fields of an Ingress depend on its version.',
} satisfies Rule;

export const unknownApiVersion = {
  id: 'I2N153',
  name: 'unknown-api-version',
  severity: 'error',
  summary: 'A kind that does not exist in this apiVersion.',
  why: 'The API server rejects it ("no kind … is registered for version …").',
} satisfies Rule;

export const misspeltKind = {
  id: 'I2N154',
  name: 'misspelt-kind',
  severity: 'error',
  summary: 'A misspelt kind, such as "ingress" or "Ingres".',
  why: 'Kinds are case-sensitive, and the API server rejects what it does not know. Skipped here, the object would leave its hosts to others.',
} satisfies Rule;

export const excessiveAliases = {
  id: 'I2N155',
  name: 'excessive-aliases',
  severity: 'error',
  summary: 'Aliases that expand to more than 100,000 values.',
  why: 'A few lines of nested aliases can expand to billions of values ("billion laughs"); no real manifest needs that.',
} satisfies Rule;

export const recursiveAlias = {
  id: 'I2N156',
  name: 'recursive-alias',
  severity: 'error',
  summary: 'An alias inside its own anchor.',
  why: 'Such a value is infinite; kubectl rejects it, too.',
} satisfies Rule;

export const nestingTooDeep = {
  id: 'I2N157',
  name: 'nesting-too-deep',
  severity: 'error',
  summary: 'A document that is nested more than 500 levels deep.',
  why: 'No Kubernetes object is nested so deeply, and such a document can exhaust the stack of a parser.',
} satisfies Rule;

export const moreProblems = {
  id: 'I2N158',
  name: 'more-problems',
  severity: 'error',
  summary: 'A file with so many unreadable documents that the rest is only counted.',
  why: 'One wrong file would otherwise bury the findings of all others.',
} satisfies Rule;

export const itemsNotAList = {
  id: 'I2N159',
  name: 'items-not-a-list',
  severity: 'error',
  summary: 'A List whose `items` is not a list.',
  why: 'kubectl rejects it, and none of its objects can be read.',
} satisfies Rule;

export const kubectlMessage = {
  id: 'I2N180',
  name: 'kubectl-message',
  severity: 'error',
  summary: 'A message of kubectl, Helm, the API server or the shell where manifests are expected.',
  why: 'What they could not get is missing from the input; serving the rest would take its hosts down. It is a note where it is only a log or a warning beside the manifests.',
} satisfies Rule;

export const brokenSeparator = {
  id: 'I2N138',
  name: 'broken-separator',
  severity: 'error',
  summary: 'A line that begins with "---" and continues: it is not a document separator, nor valid YAML.',
  why: 'kubectl rejects the file ("invalid Yaml document separator"). No object from there to the next separator is used; the locations of Ingresses are closed.',
} satisfies Rule;

export const missingSeparator = {
  id: 'I2N139',
  name: 'missing-separator',
  severity: 'error',
  summary: 'Two objects without "---" between them.',
  why: 'YAML reads one object in which the keys of the last count; the others are lost without a word. None of them is used; the locations of Ingresses are closed.',
} satisfies Rule;

export const helmChart = {
  id: 'I2N141',
  name: 'helm-chart',
  severity: 'error',
  summary: 'A folder with a Helm chart, which has not been rendered.',
  why: 'Its templates are texts of which Helm makes manifests. Nothing of the chart is read.',
} satisfies Rule;

export const unappliedKustomization = {
  id: 'I2N142',
  name: 'unapplied-kustomization',
  severity: 'warning',
  summary: 'A folder with a kustomization, which is not applied.',
  why: 'Its files are read as they are: without its patches, names and namespaces, and with files that it leaves out.',
} satisfies Rule;

/** All rules of the parser, by id. */
export const manifestRules: readonly Rule[] = [
  brokenYaml,
  brokenJson,
  duplicateKey,
  notAnObject,
  missingKind,
  notKubernetes,
  missingApiVersion,
  unknownApiVersion,
  misspeltKind,
  excessiveAliases,
  recursiveAlias,
  nestingTooDeep,
  moreProblems,
  itemsNotAList,
  kubectlMessage,
  brokenSeparator,
  missingSeparator,
  helmChart,
  unappliedKustomization,
];
