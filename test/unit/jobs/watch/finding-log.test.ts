import { expect, test } from 'vitest';

import { openFindingLog } from '../../../../src/jobs/watch/finding-log.ts';
import { atOnce } from '../../../../src/steps/steps.ts';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.ts';
import type { FieldRef } from '../../../../src/diagnostics/place.ts';

const RULE = { id: 'I2N110', name: 'invalid-type', severity: 'error', summary: '', why: '' } as const;

function found(message: string, document = 'a.yaml#0', severity: 'error' | 'warning' = 'error'): Diagnostic {
  return { rule: RULE, severity, message, at: { document, path: ['spec'] } };
}

const locate = ({ document }: FieldRef) => ({ file: document, line: 1, column: 1 });

/** What is said at each step: `+` what came, `-` what went. */
function saidOf(...steps: readonly (readonly Diagnostic[])[]): readonly string[] {
  const changesOf = openFindingLog();
  return steps.map(diagnostics => {
    const { fresh, gone } = atOnce(changesOf({ diagnostics, locate, documents: [] }));
    return [...fresh.map(({ message }) => `+${message}`), ...gone.map(({ message }) => `-${message}`)].join(' ');
  });
}

test.each([
  { name: 'a finding once', steps: [[found('x')], [found('x')]], said: ['+x', ''] },
  { name: 'that it is gone', steps: [[found('x')], [], []], said: ['+x', '-x', ''] },
  { name: 'it again when it comes back', steps: [[found('x')], [], [found('x')]], said: ['+x', '-x', '+x'] },
  { name: 'what is new alone', steps: [[found('x')], [found('y'), found('x')]], said: ['+x', '+y'] },
  {
    name: 'nothing when lines come in above',
    steps: [[found('x', 'a.yaml#0')], [found('x', 'a.yaml#120')]],
    said: ['+x', ''],
  },
  {
    name: 'a second finding of the same text in one file',
    steps: [[found('x', 'a.yaml#0')], [found('x', 'a.yaml#0'), found('x', 'a.yaml#90')]],
    said: ['+x', '+x'],
  },
  { name: 'what two stages say of one place once', steps: [[found('x'), found('x')]], said: ['+x'] },
  {
    name: 'that it became worse',
    steps: [[found('x', 'a.yaml#0', 'warning')], [found('x')]],
    said: ['+x', '+x -x'],
  },
])('says $name', ({ steps, said }) => {
  expect(saidOf(...steps)).toEqual(said);
});

test('says which of equal findings in a list is gone', () => {
  const changesOf = openFindingLog();
  const inRule = (rule: number): Diagnostic => ({
    ...found('x'),
    at: { document: 'a.yaml#0', path: ['spec', 'rules', rule] },
  });
  const lineOf = ({ path }: FieldRef) => ({ file: 'a.yaml', line: Number(path[2]) + 1, column: 1 });
  atOnce(changesOf({ diagnostics: [inRule(0), inRule(1)], locate: lineOf, documents: [] }));
  const { gone } = atOnce(changesOf({ diagnostics: [inRule(1)], locate: lineOf, documents: [] }));
  expect(gone.map(({ at }) => at?.line)).toEqual([1]);
});

test('counts what there is, said or not', () => {
  const changesOf = openFindingLog();
  atOnce(changesOf({ diagnostics: [found('x')], locate, documents: [] }));
  const { counts } = atOnce(
    changesOf({ diagnostics: [found('x'), found('y', 'b.yaml#0', 'warning')], locate, documents: [] }),
  );
  expect(counts).toEqual({ error: 1, warning: 1, info: 0 });
});
