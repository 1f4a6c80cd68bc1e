import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Origin } from '../../../src/diagnostics/place.ts';
import type { Rule } from '../../../src/diagnostics/rule.ts';
import { compactText } from '../../../src/report/compact.ts';
import { logJson, logLine } from '../../../src/report/live-log.ts';
import { jsonText } from '../../../src/report/json.ts';
import { locateAll, sortUnplaced } from '../../../src/diagnostics/located.ts';
import { prettyText } from '../../../src/report/pretty.ts';
import { summaryLine } from '../../../src/report/summary.ts';

const rule: Rule = { id: 'I2N999', name: 'sample-rule', severity: 'error', summary: 'Sample.', why: 'To test.' };
const later: Rule = { ...rule, id: 'I2N998', name: 'earlier-id' };

function origin(file: string, line: number, column: number, rest: Partial<Origin> = {}): Origin {
  return { file, line, column, ...rest };
}

function found(message: string, at?: Diagnostic['at'], rest: Partial<Diagnostic> = {}): Diagnostic {
  return { rule, severity: 'error', message, ...(at === undefined ? {} : { at }), ...rest };
}

const nowhere = () => undefined;
const plain = { style: new Chalk({ level: 0 }), columns: 80, isTerminal: false };
const pretty = (...diagnostics: readonly Diagnostic[]) => prettyText(locateAll(diagnostics, nowhere), plain);
const compact = (...diagnostics: readonly Diagnostic[]) => compactText(locateAll(diagnostics, nowhere));

const COUNTS = { files: 17, objects: 118, ingresses: 42, leftOut: 3, skipped: 5 };

test('the template of a chart stands beside the place in its output', () => {
  const at = origin('<stdin>', 14, 5, { template: 'shop/templates/ingress.yaml' });
  expect(pretty(found('wrong', at))).toBe(
    '<stdin>:14:5 (shop/templates/ingress.yaml)  error  I2N999 sample-rule  wrong\n',
  );
  expect(compact(found('wrong', at))).toBe(
    '<stdin>:14:5: error: wrong [I2N999 sample-rule] (shop/templates/ingress.yaml)\n',
  );
  const facts = { counts: COUNTS, leftOut: [], notes: [] };
  const json = jsonText(locateAll([found('wrong', at)], nowhere), facts);
  expect(JSON.parse(json)).toMatchObject({ diagnostics: [{ template: 'shop/templates/ingress.yaml' }] });
});

test('findings are ordered by file, line, column, rule and message; those without a place come last', () => {
  const findings = [
    found('no place'),
    found('z', origin('b.yaml', 1, 1)),
    found('z', origin('a.yaml', 10, 1)),
    found('z', origin('a.yaml', 9, 2)),
    found('y', origin('a.yaml', 9, 1)),
    found('z', origin('a.yaml', 9, 1), { rule: later }),
    found('x', origin('a.yaml', 9, 1)),
  ];
  const expected = `
a.yaml:9:1: error: z [I2N998 earlier-id]
a.yaml:9:1: error: x [I2N999 sample-rule]
a.yaml:9:1: error: y [I2N999 sample-rule]
a.yaml:9:2: error: z [I2N999 sample-rule]
a.yaml:10:1: error: z [I2N999 sample-rule]
b.yaml:1:1: error: z [I2N999 sample-rule]
ingress2nginx: error: no place [I2N999 sample-rule]
`;
  expect(`\n${compact(...findings)}`).toBe(expected);
  expect(`\n${compact(...findings.toReversed())}`).toBe(expected);
});

test('without their places, findings are ordered by file and document; those of one field are one', () => {
  const at = (document: string, ...path: string[]) => ({ document, path });
  const findings = [
    found('5', undefined),
    found('4', at('b.yaml#0')),
    found('3', at('a#1.yaml#10/items/0')),
    found('2', at('a#1.yaml#9', 'spec')),
    found('2', at('a#1.yaml#9', 'spec')),
    found('2', at('a#1.yaml#9', 'kind')),
    found('1', origin('a#1.yaml', 7, 1)),
  ];
  expect(sortUnplaced(findings).map(({ message }) => message)).toEqual(['1', '2', '2', '3', '4', '5']);
});

test('the same finding twice is one', () => {
  expect(compact(found('m', origin('a.yaml', 1, 1)), found('m', origin('a.yaml', 1, 1)))).toBe(
    'a.yaml:1:1: error: m [I2N999 sample-rule]\n',
  );
});

test('a reference into a document is looked up', () => {
  const at = { document: 'shop.yaml#0', path: ['spec'] };
  const findings = locateAll([found('m', at)], ref => (ref === at ? origin('shop.yaml', 3, 5) : undefined));
  expect(compactText(findings)).toBe('shop.yaml:3:5: error: m [I2N999 sample-rule]\n');
});

test.each([
  {
    name: 'an object in a namespace',
    object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    message: '"/a b" has a space',
    shown: 'Ingress shop/web: "/a b" has a space',
  },
  {
    name: 'an object in none',
    object: { kind: 'IngressClass', name: 'internal' },
    message: 'no controller',
    shown: 'IngressClass internal: no controller',
  },
  {
    name: 'an object that the message names: once',
    object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    message: 'the path of Ingress shop/web is taken',
    shown: 'the path of Ingress shop/web is taken',
  },
  {
    name: 'an object whose name begins as another that the message names',
    object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    message: 'the path is taken by Ingress shop/web.old',
    shown: 'Ingress shop/web: the path is taken by Ingress shop/web.old',
  },
])('every format names $name', ({ object, message, shown }) => {
  const finding = found(message, origin('a.yaml', 1, 1, { object }));
  expect(compact(finding)).toBe(`a.yaml:1:1: error: ${shown} [I2N999 sample-rule]\n`);
  expect(pretty(finding)).toBe(`a.yaml:1:1  error  I2N999 sample-rule  ${shown}\n`);
  const json = JSON.parse(
    jsonText(locateAll([finding], nowhere), { counts: COUNTS, leftOut: [], notes: [] }),
  ) as unknown;
  expect(json).toMatchObject({ diagnostics: [{ object, message }] });
  const [located] = locateAll([finding], nowhere);
  if (located === undefined) throw new Error('no finding');
  expect(logLine({ kind: 'finding', finding: located }, 0)).toContain(`a.yaml:1:1: ${shown} [`);
  expect(JSON.parse(logJson({ kind: 'finding', finding: located }, 0))).toMatchObject({ object, message });
});

test('what is read from a cluster stands at its object, which is not named again', () => {
  const object = { kind: 'Ingress', namespace: 'shop', name: 'web' };
  const finding = found('m', origin('Ingress shop/web', 1, 1, { object }));
  expect(compact(finding)).toBe('Ingress shop/web:1:1: error: m [I2N999 sample-rule]\n');
});

test('pretty shows the line, a caret below what is meant, other places and the fix', () => {
  const at = origin('shop/web.yaml', 12, 9, { endLine: 12, endColumn: 13, excerpt: '  path: /a b' });
  const text = pretty(
    found('the path "/a b" has a space', at, {
      help: 'write %20',
      related: [{ message: 'the same path is here', at: origin('shop/api.yaml', 3, 4) }],
    }),
  );
  expect(`\n${text}`).toBe(`
shop/web.yaml:12:9  error  I2N999 sample-rule  the path "/a b" has a space
    12 |   path: /a b
       |         ^^^^
    note: shop/api.yaml:3:4  the same path is here
    help: write %20
`);
});

test('pretty keeps short findings of one file together and parts the others', () => {
  const text = pretty(
    found('1', origin('a.yaml', 1, 1)),
    found('2', origin('a.yaml', 2, 1)),
    found('3', origin('b.yaml', 1, 1)),
  );
  expect(text.split('\n').map(line => line.split('  ')[0])).toEqual(['a.yaml:1:1', 'a.yaml:2:1', '', 'b.yaml:1:1', '']);
});

test.each([
  {
    name: 'stands below the column when letters are wide',
    excerpt: '名前: x',
    column: 5,
    endColumn: 6,
    lines: ['名前: x', '      ^'],
  },
  { name: 'stands below the column after a tab', excerpt: '\tx: y', column: 2, endColumn: 3, lines: [' x: y', ' ^'] },
  { name: 'is one wide without an end', excerpt: 'x: y', column: 4, endColumn: undefined, lines: ['x: y', '   ^'] },
  {
    name: 'is as wide as an escape',
    excerpt: 'x: \u001b[31m',
    column: 4,
    endColumn: 5,
    lines: ['x: \\x1b[31m', '   ^^^^'],
  },
  { name: 'stands after an empty line', excerpt: '', column: 1, endColumn: 1, lines: ['', '^'] },
])('the caret $name', ({ excerpt, column, endColumn, lines }) => {
  const end = endColumn === undefined ? {} : { endLine: 1, endColumn };
  const text = pretty(found('m', origin('a.yaml', 1, column, { excerpt, ...end })));
  expect(
    text
      .split('\n')
      .slice(1, 3)
      .map(line => line.slice('    1 | '.length)),
  ).toEqual(lines);
});

test('a long line is cut around what is meant', () => {
  const excerpt = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
  const text = pretty(found('m', origin('a.json', 1, 501, { excerpt, endLine: 1, endColumn: 505 })));
  const [, line = '', carets = ''] = text.split('\n');
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line).toMatch(/ …a+HEREb+…$/);
  expect(carets.indexOf('^')).toBe(line.indexOf('H'));
});

test('a line that goes on is marked to its end', () => {
  const text = pretty(found('m', origin('a.yaml', 1, 4, { excerpt: 'x: {y', endLine: 3, endColumn: 2 })));
  expect(text.split('\n')[2]).toBe('      |    ^^');
});

test.each([
  { name: 'escape sequences', text: '\u001b[2Jgone', shown: '\\x1b[2Jgone' },
  { name: 'the one-byte start of a sequence', text: '\u009b2J', shown: '\\x9b2J' },
  { name: 'line ends', text: 'a\r\nb', shown: '\\r\\nb' },
  { name: 'separators of lines', text: 'a\u2028b', shown: 'a\\u2028b' },
  { name: 'turns of the direction', text: 'a\u202eb', shown: 'a\\u202eb' },
  { name: 'what cannot be seen', text: 'a\u{e0041}b', shown: 'a\\u{e0041}b' },
  { name: 'half a pair', text: 'a\ud800b', shown: 'a\\ud800b' },
])('no format obeys $name of a manifest', ({ text, shown }) => {
  const at = origin(text, 1, 1, { excerpt: text });
  const finding = found(text, at, { help: text, related: [{ message: text, at }] });
  for (const output of [pretty(finding), compact(finding)]) {
    expect(output).toContain(shown);
    expect(output).not.toMatch(/[^\n\P{C}]/u);
  }
  const json = jsonText(locateAll([finding], nowhere), { counts: COUNTS, leftOut: [], notes: [] });
  expect(json).not.toMatch(/[^\n\P{C}]/u);
  expect((JSON.parse(json) as { diagnostics: { message: string }[] }).diagnostics[0]?.message).toBe(text);
});

test('a message of any length takes little room', () => {
  expect(compact(found('x'.repeat(100_000))).length).toBeLessThan(1_100);
});

test('colours are there when they are asked for', () => {
  const colourful = { style: new Chalk({ level: 1 }), columns: 80, isTerminal: false };
  expect(prettyText(locateAll([found('m')], nowhere), colourful)).toContain('\u001b[31merror\u001b[39m');
});

const DOCS = 'https://github.com/ingress2nginx/ingress2nginx/blob/main/docs/rules/sample-rule.md';

test('json holds everything, and no time', () => {
  const at = origin('a.yaml', 2, 3, { endLine: 2, endColumn: 9, excerpt: 'never in json' });
  const findings = locateAll(
    [
      found('m', at, { help: 'h', related: [{ message: 'r', at: origin('b.yaml', 1, 1) }] }),
      found('n', undefined, { severity: 'info' }),
    ],
    nowhere,
  );
  const leftOut = [{ ingress: 'shop/old', reason: 'class' }];
  expect(JSON.parse(jsonText(findings, { counts: COUNTS, leftOut, notes: [] }))).toEqual({
    formatVersion: 1,
    diagnostics: [
      {
        file: 'a.yaml',
        line: 2,
        column: 3,
        endLine: 2,
        endColumn: 9,
        rule: 'I2N999',
        name: 'sample-rule',
        severity: 'error',
        message: 'm',
        help: 'h',
        docs: DOCS,
        related: [{ file: 'b.yaml', line: 1, column: 1, message: 'r' }],
      },
      { rule: 'I2N999', name: 'sample-rule', severity: 'info', message: 'n', docs: DOCS, related: [] },
    ],
    leftOut: [{ ingress: 'shop/old', reason: 'class' }],
    notes: [],
    summary: { files: 17, objects: 118, ingresses: 42, leftOut: 3, skipped: 5, errors: 1, warnings: 0, infos: 1 },
  });
});

test.each([
  {
    name: 'counts everything',
    counts: COUNTS,
    severities: { error: 3, warning: 7, info: 2 },
    line: '42 Ingresses (118 objects) in 17 files: 3 errors, 7 warnings, 2 notes (0.21 s)',
  },
  {
    name: 'knows one from many',
    counts: { ...COUNTS, files: 1, objects: 1, ingresses: 1 },
    severities: { error: 1, warning: 0, info: 1 },
    line: '1 Ingress (1 object) in 1 file: 1 error, 1 note (0.21 s)',
  },
  {
    name: 'says that all is fine',
    counts: { ...COUNTS, ingresses: 0 },
    severities: { error: 0, warning: 0, info: 0 },
    line: '0 Ingresses (118 objects) in 17 files: no findings (0.21 s)',
  },
])('the summary $name', ({ counts, severities, line }) => {
  expect(summaryLine(counts, severities, 0.2149)).toBe(line);
});
