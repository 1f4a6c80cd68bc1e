import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import type { Rule } from '../../src/diagnostics/rule.ts';
import { rules } from '../../src/lint/rules.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** What the hundreds of an id mean, and who may use them; the folders below are allowed to say so. */
const RANGES = [1, 2, 3, 4, 5, 6, 7, 8];

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'id' in value && 'severity' in value && 'why' in value;
}

const names = await readdir(SRC, { recursive: true });

/** The rules of all stages: `rules/` of each has one file for each subject. */
async function rulesOfTheStages(): Promise<readonly { readonly file: string; readonly rule: Rule }[]> {
  const found = names.filter(isRuleFile).map(async file => {
    const module: object = await import(pathToFileURL(join(SRC, file)).href);
    return Object.values({ ...module })
      .filter(isRule)
      .map(rule => ({ file, rule }));
  });
  return (await Promise.all(found)).flat();
}

function isRuleFile(name: string): boolean {
  return /\/rules\/[\w-]+\.ts$/.test(name);
}

describe('the registry of rules', async () => {
  const stages = await rulesOfTheStages();
  const listed = new Set<Rule>(rules);

  test('has rules', () => {
    expect(listed.size).toBeGreaterThan(0);
    expect(stages.length).toBeGreaterThan(0);
  });

  test('lists every rule of every stage', () => {
    expect(stages.filter(({ rule }) => !listed.has(rule)).map(({ file, rule }) => `${file}: ${rule.name}`)).toEqual([]);
  });

  test('has one place in each stage, so that a rule elsewhere is not overlooked', async () => {
    const others = names.filter(name => name.endsWith('.ts') && !isRuleFile(name));
    const texts = await Promise.all(
      others.map(async name => ({ name, text: await readFile(join(SRC, name), 'utf8') })),
    );
    expect(texts.filter(({ text }) => text.includes('satisfies Rule;')).map(({ name }) => name)).toEqual([]);
  });

  test('lists each once', () => {
    expect(rules).toHaveLength(listed.size);
  });

  test('gives each id and each name to one rule', () => {
    const ids = rules.map(({ id }) => id);
    const names = rules.map(({ name }) => name);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test.each(rules.map(rule => ({ ...rule })))('$id $name is well formed', ({ id, name, summary, why }) => {
    expect(id).toMatch(/^I2N\d{3}$/);
    expect(RANGES).toContain(Number(id[3]));
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(summary).toMatch(/^([A-Z`]|nginx ).*\.$/);
    expect(why).toMatch(/\.$/);
  });
});
