// @ts-check
import { many, service } from './manifests.mjs';

const MANIFEST = [
  'apiVersion: networking.k8s.io/v1',
  'kind: Ingress',
  'metadata: { name: web, namespace: shop }',
  'spec:',
  '  ingressClassName: nginx',
  '  defaultBackend: { service: { name: web, port: { number: 80 } } }',
].join('\n');
const WRONG = 'apiVersion: v1\nkind: Service\nmetadata: { name: Web, namespace: shop }\nspec: {}\n';
const LIST = 'apiVersion: v1\nkind: List\nitems:\n';

/**
 * What only a text can be.
 * @type {Readonly<Record<string, (n: number) => string>>}
 */
export const TEXTS = {
  'documents with nothing in them': n => `${MANIFEST}\n${'---\n'.repeat(n)}`,
  'lines of comments': n => `${'# a comment\n'.repeat(n)}${MANIFEST}\n`,
  'a long line of spaces': n => `${MANIFEST}${' '.repeat(n * 10)}\n`,
  'anchors and aliases': n =>
    `${MANIFEST}\n  rules:\n  - &first { host: shop.example }\n${many(n, i => `  - &a${i} { host: h${i}.example }\n  - *a${i}\n`).join('')}`,
  'merges of one mapping': n =>
    `${MANIFEST}\n  rules:\n  - &base { host: shop.example }\n${many(n, i => `  - { <<: *base, host: h${i}.example }\n`).join('')}`,
  'keys that are there twice': n => `${MANIFEST}\n${many(n, () => '  ingressClassName: nginx\n').join('')}`,
  'lists in a document each': n => many(n, () => `${LIST}- apiVersion: v1\n  kind: Event\n`).join('---\n'),
  'wrong objects in a list': n => `${LIST}${many(n, () => `- ${WRONG.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`,
  'wrong documents': n => many(n, () => WRONG).join('---\n'),
  'documents that are broken': n => many(n, () => 'kind: [\n').join('---\n'),
  'lists in lists': n => `${MANIFEST}\n  rules: ${'['.repeat(n)}${']'.repeat(n)}\n`,
  'quotes that stay open': n => `${MANIFEST}\n  rules: "${'x\n  '.repeat(n)}`,
  'a folded text': n => `${MANIFEST}\n  text: >\n${'    word\n'.repeat(n)}`,
  'JSON documents one after another': n => many(n, i => JSON.stringify({ ...service(`s${i}`), extra: 1 })).join('\n'),
  'JSON documents with separators': n =>
    many(n, i => JSON.stringify({ ...service(`s${i}`, [{ port: 70_000 }]) })).join('\n---\n'),
  'lists of lists': n => `${'{"apiVersion":"v1","kind":"List","items":['.repeat(n)}${']}'.repeat(n)}`,
};
