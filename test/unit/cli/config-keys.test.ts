import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

import { configKeys, UNDECIDED } from '../../../src/cli/config-keys.ts';
import { declaredFlags } from '../../../src/cli/declared.ts';
import { isRepeatable } from '../../../src/cli/option-values.ts';
import { checkFile } from '../../../src/config-file/check.ts';
import { ruleNamed } from '../../../src/findings/named-rules.ts';

const { keys, refused } = configKeys();
const FLAGS = [...declaredFlags()];

test('whether a config file may set a flag has been decided for each of them', () => {
  expect(refused.filter(({ because }) => because === UNDECIDED)).toEqual([]);
});

test('each flag that the helps show is a key, or is refused with a reason', () => {
  const shown = FLAGS.filter(([, declared]) => declared.some(({ option }) => !option.hidden));
  const names = new Set(shown.map(([name]) => name.replace(/^no-/, '')));
  expect([...keys, ...refused].map(({ name }) => name).toSorted()).toEqual([...names].toSorted());
});

test('no key runs a program, writes a file, or names a cluster', () => {
  const named = keys
    .map(({ name }) => name)
    .filter(name => /nginx$|kube|test|fix|write|output|prefix$|dir$|^config$/.test(name));
  expect(named.toSorted()).toEqual(['annotations-prefix', 'kubernetes-version']);
});

test('a flag whose values add up says that it is repeatable: the config file has a list for it', () => {
  const lists = FLAGS.filter(([, [declared]]) => Array.isArray(declared?.option.defaultValue)).map(([name]) => name);
  expect(lists.length).toBeGreaterThan(3);
  for (const name of lists) {
    for (const { command, option } of declaredFlags().get(name) ?? []) {
      expect({ command, name, isRepeatable: isRepeatable(option) }).toEqual({ command, name, isRepeatable: true });
    }
  }
});

describe('values that only a command line may give', () => {
  test.each([
    ['backend-address', 'node-port'],
    ['backend-address', 'port-forward'],
    ['snippets', 'all'],
    ['nginx-module', './evil.so'],
    ['nginx-module', '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so'],
    ['format', 'json=out.json'],
  ])('%s: %s', (name, text) => {
    expect(keys.find(key => key.name === name)?.problemOf(text)).toMatch(/use --/);
  });
});

describe('the JSON Schema and the program agree', () => {
  const schema = JSON.parse(readFileSync('docs/schemas/config-file.json', 'utf8')) as object;
  const isValid = new Ajv({ strict: false }).compile(schema);
  const problemOfRule = (name: string) =>
    ruleNamed(name).kind === 'rule' ? undefined : { message: 'there is no such rule' };
  const isTaken = (value: unknown): boolean =>
    checkFile(JSON.stringify(value), { keys, refused, problemOfRule }).problems.length === 0;

  /** One of each type for each key, as JSON and as a list. */
  const VALUES = [
    true,
    3,
    'a',
    'pretty',
    'never',
    'auto',
    'safe',
    ['missing-group'],
    ['brotli'],
    ['10.0.0.1'],
    null,
    {},
    [1],
    [[]],
  ];
  const LEVELS = ['error', 'warning', 'note', 'off', 'warn', 1, null];
  const FILES = [
    ...keys.flatMap(({ name }) => VALUES.map(value => ({ [name]: value }))),
    ...VALUES.flatMap(value => [{ paths: value }, { severities: value }, { $schema: value }]),
    ...LEVELS.flatMap(level => [{ severities: { I2N225: level } }, { severities: { nope: level } }]),
    ...refused.map(({ name }) => ({ [name]: true })),
    { ingressClass: 'x' },
    { paths: ['a', '../b'] },
    {},
    [],
    'x',
    null,
  ];

  /** What is text or a number to the schema, and of no use to the flag. */
  const isText = (file: unknown): boolean =>
    Object.values(Object(file) as object)
      .flat()
      .some(value =>
        ['a', 'missing-group', 'brotli', '10.0.0.1', 'pretty', 'never', 'auto', 'safe', 3].includes(value as string),
      );

  test('what the program takes, the schema does as well', () => {
    expect(FILES.filter(file => isTaken(file) && file !== null && !isValid(file))).toEqual([]);
  });

  test('what the schema takes, the program does as well, but for texts and numbers that only the flag knows', () => {
    expect(FILES.filter(file => isValid(file) && !isTaken(file) && !isText(file))).toEqual([]);
    expect(FILES.filter(file => isValid(file)).length).toBeGreaterThan(60);
  });
});
