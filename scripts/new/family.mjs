// @ts-check
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

import { afterLast, camelCase } from './addition.mjs';
import { familyTexts } from './family-texts.mjs';
import { plannedIn, withoutPlanned } from './planned.mjs';

/** @typedef {import('./addition.mjs').Addition} Addition */
/** @typedef {import('./planned.mjs').Planned} Planned */
/** @typedef {Readonly<{ name: string, camel: string, pascal: string, annotations: readonly Planned[] }>} NewFamily */

const PLANNED = 'src/annotations/planned.ts';
/** The three lists. */
const LISTS = ['src/routing/policies.ts', 'src/annotations/registry.ts', 'src/nginx/renderers.ts'];
const ROOT = new URL('../../', import.meta.url);

/** A family of a location: what it asks for, how that is said, its tests, and its line in each of three lists. */
export async function familyAddition(/** @type {string} */ name, /** @type {readonly string[]} */ names) {
  const planned = plannedIn(await readSource(PLANNED));
  const wanted =
    names.length > 0
      ? names
      : planned.map(other => other.name).filter(other => other === name || other.startsWith(`${name}-`));
  const camel = camelCase(name);
  const pascal = camel.replace(/^./, letter => letter.toUpperCase());
  const problem = problemOf(name, wanted, planned) ?? (await clash(name, [camel, pascal]));
  if (problem !== undefined) return { problem };
  const family = { name, camel, pascal, annotations: planned.filter(other => wanted.includes(other.name)) };
  /** @type {Addition} */
  const addition = { files: familyTexts(family), changes: changesFor(family), next: nextSteps(family) };
  return addition;
}

/**
 * @param {string} name
 * @param {readonly string[]} wanted
 * @param {readonly Planned[]} planned
 */
function problemOf(name, wanted, planned) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return `"${name}" is not the name of a family: words in small letters with dashes between them, as in basic-auth`;
  }
  if (isReserved(camelCase(name))) return `"${name}" is a word of the language, or of what is written`;
  if (wanted.length === 0) {
    return `no planned annotation is called ${name} or begins with ${name}-: name those of the family behind its name`;
  }
  const unknown = wanted.find(annotation => planned.every(other => other.name !== annotation));
  if (unknown !== undefined)
    return `${unknown} is not in ${PLANNED}: no annotation of the controller, or built already`;
  const guard = planned.find(other => other.isGuard && wanted.includes(other.name));
  if (guard === undefined) return undefined;
  return `${guard.name} keeps somebody out, and closes its locations until it is built: write its family by hand, as basic-auth.ts is`;
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
    [PLANNED]: text =>
      withoutPlanned(
        text,
        annotations.map(annotation => annotation.name),
      ),
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
    '   behind them (out of src/controller-config/planned.ts), and read.',
    `3. src/routing/policies/${name}.ts: what a location asks of nginx. Policies of other parts of the routing stand in`,
    '   the other rows of src/routing/policies.ts.',
    `4. src/nginx/policies/${name}.ts and templates/policies/${name}.conf: the phase, and the directives.`,
    `5. fixtures/golden/${name}/: inputs, requests and answers; UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts -t ${name}/`,
    '6. test/property/fields.ts and memory.test.ts: values that are good, and an Ingress with them.',
    '7. docs/semantics.md: what differs from the controller. npm run docs, and a line in CHANGELOG.md.',
  ];
}
