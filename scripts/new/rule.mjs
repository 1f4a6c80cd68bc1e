// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterLast, camelCase } from './addition.mjs';

/** @typedef {import('./addition.mjs').Addition} Addition */
/** @typedef {{ readonly stage: string, readonly id: string, readonly name: string }} Known */

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
/** No rule has them: they are to be replaced. */
export const PLACEHOLDERS = {
  summary: 'What is wrong, in one sentence.',
  why: 'What happens if nobody mends it.',
};

const EXAMPLE = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog, namespace: shop}
spec:
  rules:
  - host: blog.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
`;

/** A rule of a stage; its id is the next one of the section that most rules of the stage are in. */
export async function ruleAddition(/** @type {string} */ name, /** @type {string} */ stage) {
  const known = await knownRules();
  const list = await readFile(join(SRC, 'lint/rules.ts'), 'utf8');
  const subject = subjectOf(name, stage, list);
  const id = nextId(known, stage);
  const problem = problemOf(name, stage, known) ?? (id === undefined ? 'the section has no free id' : undefined);
  if (problem !== undefined) return { problem };
  const file = `src/${stage}/rules/${name}.ts`;
  const from = stage === 'lint' ? `./rules/${name}.ts` : `../${stage}/rules/${name}.ts`;
  /** @type {Addition} */
  const addition = {
    files: {
      [file]: ruleText(name, String(id)),
      [`fixtures/rules/${name}/bad.yaml`]: EXAMPLE,
      [`fixtures/rules/${name}/good.yaml`]: EXAMPLE,
    },
    changes: {
      'src/lint/rules.ts': text =>
        afterLast(
          afterLast(text, /^import \* as /, `import * as ${subject} from '${from}';`),
          /^ {2}\w+,$/,
          `  ${subject},`,
        ),
    },
    next: [
      `1. ${file}: the texts, the severity, and the id (${id}) if another section fits better.`,
      `2. report({ rule: ${camelCase(name)}, message, help, at }) where it is found.`,
      `3. fixtures/rules/${name}/: bad.yaml triggers it, good.yaml does not. Until then this fails:`,
      `   npx vitest run test/repo/rule-examples.test.ts -t ${name}`,
      '4. npm run docs, and a line in CHANGELOG.md.',
    ],
  };
  return addition;
}

/** All rules, as their files spell them. */
async function knownRules() {
  const files = (await readdir(SRC, { recursive: true })).filter(path => /^[\w-]+\/rules\/[\w-]+\.ts$/.test(path));
  const found = await Promise.all(
    files.map(async path => {
      const text = await readFile(join(SRC, path), 'utf8');
      const rules = [...text.matchAll(/id: '(?<id>I2N\d{3})',\s+name: '(?<name>[^']+)'/g)];
      return rules.map(({ groups }) => ({
        stage: path.split('/')[0] ?? '',
        id: groups?.['id'] ?? '',
        name: groups?.['name'] ?? '',
      }));
    }),
  );
  return found.flat();
}

/**
 * @param {string} name
 * @param {string} stage
 * @param {readonly Known[]} known
 */
function problemOf(name, stage, known) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name)) {
    return `"${name}" is not the name of a rule: two or more words in small letters that say what is wrong, as in missing-service`;
  }
  const other = known.find(rule => rule.name === name);
  if (other !== undefined) return `${name} is there already: ${other.id}`;
  const stages = [...new Set(known.map(rule => rule.stage))].toSorted();
  return stages.includes(stage) ? undefined : `"${stage}" is not a stage with rules: ${stages.join(', ')}`;
}

/**
 * @param {readonly Known[]} known
 * @param {string} stage
 */
function nextId(known, stage) {
  const sections = known.filter(rule => rule.stage === stage).map(({ id }) => id.slice(0, 4));
  const count = (/** @type {string} */ section) => sections.filter(other => other === section).length;
  const section = sections.toSorted((a, b) => count(b) - count(a))[0] ?? '';
  const numbers = known.filter(({ id }) => id.startsWith(section)).map(({ id }) => Number(id.slice(4)));
  const next = Math.max(...numbers) + 1;
  return next > 99 ? undefined : `${section}${String(next).padStart(2, '0')}`;
}

/** What the list calls the file: the name, behind that of its stage if another file has it. */
function subjectOf(/** @type {string} */ name, /** @type {string} */ stage, /** @type {string} */ list) {
  const own = camelCase(name);
  return list.includes(`* as ${own} `) ? camelCase(`${stage}-${name}`) : own;
}

function ruleText(/** @type {string} */ name, /** @type {string} */ id) {
  return `import type { Rule } from '../../diagnostics/rule.ts';

export const ${camelCase(name)} = {
  id: '${id}',
  name: '${name}',
  severity: 'warning',
  summary: '${PLACEHOLDERS.summary}',
  why: '${PLACEHOLDERS.why}',
} as const satisfies Rule;
`;
}
