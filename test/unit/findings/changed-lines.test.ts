import { expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { ChangedLines } from '../../../src/findings/changed-lines.ts';
import { sortByChange } from '../../../src/findings/changed-lines.ts';
import { emptyInput } from '../../../src/input/rules/empty-input.ts';

const RULE = { id: 'I2N999', name: 'sample', severity: 'warning', summary: '', why: '' } as const;
const IDENTITY = { objectOf: () => undefined };

function at(file: string, line: number, endLine = line) {
  return { file, line, column: 1, endLine, endColumn: 9 };
}

function found(place: string, message = 'wrong', parts: Partial<Diagnostic> = {}): Diagnostic {
  const [file = '', line = '1', end = line] = place.split(':');
  return { rule: RULE, severity: 'warning', message, at: at(file, Number(line), Number(end)), ...parts };
}

function nowhere(message: string): Diagnostic {
  return { rule: RULE, severity: 'warning', message };
}

interface Row {
  readonly name: string;
  readonly now: readonly Diagnostic[];
  readonly before?: readonly Diagnostic[];
  readonly lines?: ChangedLines;
  /** Of `now`: whether they are of the change. */
  readonly caused: readonly boolean[];
}

test.each<Row>([
  {
    name: 'what stands on a changed line',
    now: [found('a:2'), found('a:5')],
    before: [found('a:2'), found('a:5')],
    caused: [true, false],
  },
  {
    name: 'what begins before a changed line and ends behind it',
    now: [found('a:1:3')],
    before: [found('a:1:3')],
    caused: [true],
  },
  {
    name: 'what has a related place on a changed line',
    now: [found('b:9', 'x', { related: [{ message: 'here', at: at('a', 2) }] })],
    before: [found('b:9', 'x')],
    caused: [true],
  },
  { name: 'what was not there before', now: [found('b:9')], caused: [true] },
  { name: 'nothing that was there on another line', now: [found('b:9')], before: [found('b:3')], caused: [false] },
  { name: 'nothing that lost its place', now: [found('b:9')], before: [found('c:9')], caused: [true] },
  {
    name: 'what has become worse',
    now: [found('b:9', 'x', { severity: 'error' })],
    before: [found('b:9', 'x')],
    caused: [true],
  },
  {
    name: 'as many as there are more of the same',
    now: [found('b:1'), found('b:2'), found('b:3')],
    before: [found('b:1'), found('b:2')],
    caused: [false, false, true],
  },
  {
    name: 'the one of two that are the same which stands on a changed line',
    now: [found('a:5'), found('a:2')],
    before: [found('a:5')],
    caused: [false, true],
  },
  {
    name: 'everything in a new file',
    lines: 'all',
    now: [found('a:7')],
    before: [found('a:7')],
    caused: [true],
  },
  {
    name: 'nothing in a file of which lines were only removed',
    lines: [],
    now: [found('a:2')],
    before: [found('a:2')],
    caused: [false],
  },
  {
    name: 'nothing without a place that was there',
    now: [nowhere('x')],
    before: [nowhere('x')],
    caused: [false],
  },
  {
    name: 'that the input is empty, and what nginx says',
    now: [found('b:1', 'x', { rule: emptyInput }), found('b:1', 'x', { rule: { ...RULE, id: 'I2N601' } })],
    before: [found('b:1', 'x', { rule: emptyInput }), found('b:1', 'x', { rule: { ...RULE, id: 'I2N601' } })],
    caused: [true, true],
  },
])('$name is of the change', ({ now, before = [], lines = [{ first: 2, last: 3 }], caused }) => {
  const result = sortByChange({
    now: { found: now, identity: IDENTITY, locate: () => undefined },
    before: { found: before, identity: IDENTITY },
    changed: new Map([['a', lines]]),
  });
  expect(now.map(each => result.caused.includes(each))).toEqual(caused);
  expect(result.caused.length + result.unchanged.length).toBe(now.length);
});
