// @ts-check
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

import { afterLast, camelCase } from './addition.mjs';
import { familyTexts } from './family-texts.mjs';
import { importBundled } from '../import-bundled.mjs';

/** @typedef {import('./addition.mjs').Addition} Addition */
/** @typedef {typeof import('../docs-registries.mjs')} Registries */
/** @typedef {ReturnType<Registries['annotationAnswers']>[number]} NameAnswer */
/** @typedef {Readonly<{ name: string, summary: string }>} Annotation */
/** @typedef {Readonly<{ name: string, camel: string, pascal: string, annotations: readonly Annotation[] }>} NewFamily */

const REFUSED = 'src/annotations/refused.ts';
/** An entry of it. */
const ENTRY = /^ {2}'?(?<name>[\w-]+)'?: \{.*?\},?\n(?= {2}\S|\};)/gms;
/** The lists of families and policies. */
const LISTS = [
  'src/routing/policies.ts',
  'src/annotations/registry.ts',
  'src/nginx/renderers.ts',
  'src/answers/explain/explainers.ts',
  'src/answers/diff/location-differs.ts',
];
const ROOT = new URL('../../', import.meta.url);

/** A family of a location: what it asks for, how that is said, its tests, and its line in each of the lists. */
export async function familyAddition(/** @type {string} */ name, /** @type {readonly string[]} */ names) {
  /** @type {Registries} */
  const { annotationAnswers } = await importBundled(fileURLToPath(new URL('scripts/docs-registries.mjs', ROOT)));
  const answers = new Map(annotationAnswers().map(answer => [answer.name, answer]));
  const camel = camelCase(name);
  const pascal = camel.replace(/^./, letter => letter.toUpperCase());
  const wanted = names.length > 0 ? names : [name];
  const problem = problemOf(name, wanted, answers) ?? (await clash(name, [camel, pascal]));
  if (problem !== undefined) return { problem };
  const annotations = wanted.map(each => ({ name: each, summary: answers.get(each)?.summary ?? 'What it does.' }));
  const family = { name, camel, pascal, annotations };
  /** @type {Addition} */
  const addition = { files: familyTexts(family), changes: changesFor(family), next: nextSteps(family) };
  return addition;
}

/**
 * @param {string} name
 * @param {readonly string[]} wanted
 * @param {ReadonlyMap<string, NameAnswer>} answers
 */
function problemOf(name, wanted, answers) {
  if (!isName(name)) {
    return `"${name}" is not the name of a family: words in small letters with dashes between them, as in basic-auth`;
  }
  if (isReserved(camelCase(name))) return `"${name}" is a word of the language, or of what is written`;
  const wrong = wanted.find(annotation => !isName(annotation));
  if (wrong !== undefined) return `"${wrong}" is not the name of an annotation`;
  const known = wanted.find(annotation => answers.has(annotation) && answers.get(annotation)?.standing !== 'refused');
  if (known !== undefined) return `${known} is there already, or was removed from the controller`;
  return undefined;
}

function isName(/** @type {string} */ text) {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(text);
}

function readSource(/** @type {string} */ path) {
  return readFile(fileURLToPath(new URL(path, ROOT)), 'utf8');
}

/** What is said when one of the lists has such a name already, that of a family or another one. */
async function clash(/** @type {string} */ name, /** @type {readonly string[]} */ identifiers) {
  const word = new RegExp(`\\b(?:${identifiers.join('|')})\\b`);
  for (const path of LISTS) {
    if (word.test(await readSource(path))) return `${name} is there already, or is something else in ${path}`;
  }
  return undefined;
}

/** Words of the language, and of what is written for a family. */
function isReserved(/** @type {string} */ word) {
  if (['expect', 'rows', 'test', 'text', 'undefined'].includes(word)) return true;
  try {
    compileFunction(`'use strict'; const ${word} = 1;`);
    return false;
  } catch {
    return true;
  }
}

/** @returns {Readonly<Record<string, (text: string) => string>>} */
function changesFor(/** @type {NewFamily} */ { name, camel, pascal, annotations }) {
  return {
    'src/routing/policies.ts': text =>
      intoBraces(
        afterLast(
          text,
          /^import type \{ .* \} from '\.\/policies\//,
          `import type { ${pascal} } from './policies/${name}.ts';`,
        ),
        /readonly location: \{/,
        ` readonly ${camel}: ${pascal};`,
      ),
    'src/annotations/registry.ts': text =>
      intoBraces(
        afterLast(text, /^import \{ .* \} from '\.\/[\w-]+\.ts'/, `import { ${camel} } from './${name}.ts';`),
        /annotationFamilies = \{/,
        ` ${camel},`,
      ),
    'src/nginx/renderers.ts': text =>
      intoBraces(
        afterLast(
          text,
          /^import \{ .* \} from '\.\/policies\//,
          `import { render${pascal} } from './policies/${name}.ts';`,
        ),
        /\n {2}location: \{/,
        ` ${camel}: render${pascal},`,
      ),
    'src/answers/explain/explainers.ts': text =>
      text.replace(/(?<=\n {2}location: \{[\s\S]*?)(?=\n {2}\},)/, ` ${camel}: { silent: 'decides nothing' },`),
    'src/answers/diff/location-differs.ts': text =>
      text.replace(/(?<=LOCATION_DIFFERS[\s\S]*?)(?=\n\};)/, ` ${camel}: { silent: 'decides nothing' },`),
    [REFUSED]: text =>
      text.replaceAll(ENTRY, (entry, name) => (annotations.some(other => other.name === name) ? '' : entry)),
  };
}

/**
 * Puts a text behind the last entry of the braces that `opening` ends with. The formatter does the rest.
 * @param {string} text
 * @param {RegExp} opening
 * @param {string} entry
 */
function intoBraces(text, opening, entry) {
  const found = opening.exec(text);
  if (found === null) throw new Error(`nothing is like ${opening}`);
  const begin = found.index + found[0].length;
  const end = text.indexOf('}', begin);
  const before = text.slice(0, end).trimEnd();
  const separator = /[{;,]$/.test(before) ? '' : entry.trimEnd().slice(-1);
  return `${before}${separator}${entry}${text.slice(end)}`;
}

function nextSteps(/** @type {NewFamily} */ { name, annotations }) {
  return [
    `1. test/unit/annotations/${name}.test.ts says what is true of the annotations. Until read does it, this fails:`,
    `   npx vitest run test/unit/annotations/${name}`,
    `2. src/annotations/${name}.ts: types, defaults, examples (of ${annotations.map(other => other.name).join(', ')}), the options`,
    '   behind them, what they become, and read.',
    `3. src/routing/policies/${name}.ts: what a location asks of nginx. Policies of other parts of the routing stand in`,
    '   the other rows of src/routing/policies.ts.',
    `4. src/nginx/policies/${name}.ts and templates/policies/${name}.conf: the phase, and the directives.`,
    '   src/answers/explain/explainers.ts, src/answers/diff/location-differs.ts: what explain and diff say of it.',
    `5. fixtures/golden/${name}/: inputs, requests and answers; UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts -t ${name}/`,
    '6. test/property/fields.ts and memory.test.ts: values that are good, and an Ingress with them.',
    '7. docs/semantics.md: what differs from the controller. npm run docs, and a line in CHANGELOG.md.',
  ];
}
