import { describe, expect, test } from 'vitest';

import { checkFile } from '../../../src/config-file/check.ts';
import type { Known } from '../../../src/config-file/check.ts';
import type { FileKey } from '../../../src/config-file/keys.ts';

const key = (name: string, takes: FileKey['takes'], rest: Partial<FileKey> = {}): FileKey => ({
  name,
  takes,
  summary: '',
  problemOf: () => undefined,
  ...rest,
});

const KNOWN: Known = {
  keys: [
    key('ingress-class', 'text'),
    key('fail-on', 'text', {
      choices: ['error', 'warning'],
      problemOf: text => (['error', 'warning'].includes(text) ? undefined : 'Use error or warning.'),
    }),
    key('http-port', 'number', { problemOf: text => (Number(text) < 9 ? 'Use more.' : undefined) }),
    key('notes', 'switch'),
    key('exclude', 'texts'),
    key('disable', 'rules'),
  ],
  refused: [{ name: 'nginx', because: 'it runs a program' }],
  problemOfRule: (name, use) => {
    if (name === 'broken' && use === 'off') return { message: '"broken" cannot be disabled' };
    return ['broken', 'I2N221', 'near'].includes(name) ? undefined : { message: `there is no rule "${name}"` };
  },
};

/** Problems as people see them: line and column from 1. */
function problemsOf(text: string): readonly string[] {
  return checkFile(text, KNOWN).problems.map(({ start, message, help }) => {
    const lines = text.slice(0, start).split('\n');
    return `${lines.length}:${(lines.at(-1) ?? '').length + 1} ${message}${help === undefined ? '' : ` (${help})`}`;
  });
}

describe('takes', () => {
  test('texts, numbers, switches, lists and severities, with and without quotes', () => {
    const text = [
      'paths: [deploy, "*.yaml"]',
      'ingress-class: public',
      'http-port: 8080',
      'notes: false',
      'exclude:',
      '  - charts/',
      "  - '!keep'",
      'disable: [near]',
      'severities: { I2N221: off, near: "note" }',
    ].join('\n');
    const { problems, paths, severities, values } = checkFile(text, KNOWN);
    expect(problems).toEqual([]);
    expect(paths.map(path => path.text)).toEqual(['deploy', '*.yaml']);
    expect(severities).toEqual([
      { rule: 'I2N221', level: 'off' },
      { rule: 'near', level: 'note' },
    ]);
    expect(Object.fromEntries(values)).toEqual({
      'ingress-class': 'public',
      'http-port': '8080',
      notes: false,
      exclude: ['charts/', '!keep'],
      disable: ['near'],
    });
  });

  test.each([
    { name: 'nothing', text: '' },
    { name: 'a comment', text: '# nothing yet\n' },
    { name: 'an empty document', text: '---\n' },
    { name: 'an empty mapping', text: '{}' },
    {
      name: 'JSON, with tabs and a schema',
      text: '{\n\t"$schema": "x.json",\n\t"exclude": ["a"],\n\t"notes": true\n}',
    },
    { name: 'Windows line ends', text: 'ingress-class: a\r\nnotes: true\r\n' },
  ])('$name', ({ text }) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('refuses', () => {
  test.each([
    { name: 'an unknown key', text: 'exlude: [a]', problems: ['1:1 unknown key "exlude" (did you mean "exclude"?)'] },
    {
      name: 'a key in another case',
      text: 'ingressClass: a',
      problems: ['1:1 unknown key "ingressClass" (did you mean "ingress-class"?)'],
    },
    { name: 'a negated key', text: 'no-notes: true', problems: ['1:1 unknown key "no-notes" (write "notes: false")'] },
    { name: 'a key that is like nothing', text: 'zzzzzz: 1', problems: ['1:1 unknown key "zzzzzz"'] },
    {
      name: 'what a file may not set',
      text: 'nginx: /bin/sh',
      problems: ['1:1 "nginx" cannot be set in a file: it runs a program'],
    },
    { name: 'a key of all objects', text: '__proto__: 1', problems: ['1:1 unknown key "__proto__"'] },
    { name: 'a key twice', text: 'notes: true\nnotes: true', problems: ['2:1 duplicate key "notes"'] },
    {
      name: 'a number that is text',
      text: 'http-port: "80"',
      problems: ['1:12 "http-port" must be a number, got the text "80"'],
    },
    { name: 'a number with a unit', text: 'http-port: 80k', problems: ['1:12 "http-port" must be a number, got 80k'] },
    {
      name: 'a number that is too small',
      text: 'http-port: 1',
      problems: ['1:12 invalid value "1" for "http-port" (Use more.)'],
    },
    {
      name: 'a switch that is no boolean of JSON',
      text: 'notes: yes',
      problems: ['1:8 "notes" must be true or false, got yes'],
    },
    {
      name: 'a switch in quotes',
      text: 'notes: "true"',
      problems: ['1:8 "notes" must be true or false, got the text "true"'],
    },
    {
      name: 'a text that is a number, which would lose its zero',
      text: 'ingress-class: 1.30',
      problems: ['1:16 "ingress-class" must be a text, got 1.30 (write it in quotes: "1.30")'],
    },
    {
      name: 'a text that is a boolean',
      text: 'ingress-class: true',
      problems: ['1:16 "ingress-class" must be a text, got true (write it in quotes: "true")'],
    },
    {
      name: 'a key without a value',
      text: 'ingress-class:\nnotes: true',
      problems: ['1:1 "ingress-class" must be a text, got nothing'],
    },
    { name: 'a null', text: 'exclude: ~', problems: ['1:10 "exclude" must be a list, got ~ (write ["~"])'] },
    {
      name: 'a text for a list',
      text: 'exclude: charts/',
      problems: ['1:10 "exclude" must be a list, got charts/ (write ["charts/"])'],
    },
    { name: 'a mapping for a list', text: 'paths: {a: b}', problems: ['1:8 "paths" must be a list, got a mapping'] },
    {
      name: 'a list for a text',
      text: 'ingress-class: [a]',
      problems: ['1:16 "ingress-class" must be a text, got a list'],
    },
    {
      name: 'a number in a list of texts',
      text: 'exclude: [a, 1]',
      problems: ['1:14 "exclude" must be a text, got 1 (write it in quotes: "1")'],
    },
    {
      name: 'another choice',
      text: 'fail-on: warnin',
      problems: ['1:10 invalid value "warnin" for "fail-on" (did you mean "warning"?)'],
    },
    {
      name: 'a choice that is like none',
      text: 'fail-on: x',
      problems: ['1:10 invalid value "x" for "fail-on" (Use error or warning.)'],
    },
    { name: 'an unknown rule', text: 'disable: [near, far]', problems: ['1:17 there is no rule "far"'] },
    {
      name: 'an unknown rule with a severity',
      text: 'severities:\n  far: error',
      problems: ['2:3 there is no rule "far"'],
    },
    {
      name: 'an unknown severity',
      text: 'severities: {near: warn}',
      problems: ['1:20 warn is no severity (did you mean "warning"?)'],
    },
    {
      name: 'a severity that is no text',
      text: 'severities: {near: [error]}',
      problems: ['1:20 a list is no severity (use error, warning, note, info and off)'],
    },
    {
      name: 'a list of severities',
      text: 'severities: [near]',
      problems: [
        '1:13 "severities" must be a mapping of rules to severities, got a list (write { tls-host-without-rule: error })',
      ],
    },
    {
      name: 'to turn off what must be heard',
      text: 'disable: [broken]\nseverities: { broken: off }',
      problems: ['1:11 "broken" cannot be disabled', '2:15 "broken" cannot be disabled'],
    },
    {
      name: 'a pattern that YAML takes for an alias',
      text: 'exclude: [*.yaml]',
      problems: ['1:11 aliases are not supported, and *.yaml is one (write "*.yaml" in quotes if it is a pattern)'],
    },
    {
      name: 'a pattern that YAML takes for a tag',
      text: 'exclude:\n- !keep',
      problems: ['2:3 tags are not supported, and !keep is one (write "!keep" in quotes if it is a pattern)'],
    },
    {
      name: 'a tag of YAML',
      text: 'ingress-class: !!binary aGk=',
      problems: ['1:16 tags are not supported, and !!binary is one (write "!!binary" in quotes if it is a pattern)'],
    },
    {
      name: 'a merge key',
      text: 'a: &a {}\n<<: *a',
      problems: [
        '1:1 unknown key "a"',
        '2:5 aliases are not supported, and *a is one (write "*a" in quotes if it is a pattern)',
      ],
    },
    { name: 'a key that is a list', text: '? [a]\n: b', problems: ['1:3 a key must be a text'] },
    { name: 'a list', text: '- a', problems: ['1:1 the file must be a mapping of settings, got a list'] },
    {
      name: 'a text, of which nothing is shown: it may be a secret',
      text: 'hunter2',
      problems: ['1:1 the file must be a mapping of settings, got a text'],
    },
    {
      name: 'a second document',
      text: 'notes: true\n---\nnotes: false',
      problems: ['3:1 a second document; the file must have one'],
    },
    {
      name: 'broken YAML',
      text: 'notes: true\nexclude: [a',
      problems: [expect.stringMatching(/^\d:\d+ not valid YAML: /) as string],
    },
    {
      name: 'all of it at once, in the order of the file',
      text: 'notes: 1\nexlude: 1\nhttp-port: x',
      problems: [
        '1:8 "notes" must be true or false, got 1',
        '2:1 unknown key "exlude" (did you mean "exclude"?)',
        '3:12 "http-port" must be a number, got x',
      ],
    },
  ])('$name', ({ text, problems }) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});

test('nesting that would fill the stack, and aliases that would fill the memory, are refused at once', () => {
  expect(problemsOf('['.repeat(100_000))).toHaveLength(1);
  const bomb = ['a: &a [x]', ...Array.from({ length: 30 }, (_, n) => `k${n}: &k${n} [*a, *a]`)].join('\n');
  expect(problemsOf(bomb).length).toBeGreaterThan(60);
});
