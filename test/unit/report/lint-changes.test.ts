import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import { changeLine, resolvedLine } from '../../../src/report/lint-changes.ts';
import { missingGroup } from '../../../src/lint/rules/rewrite.ts';

const style = new Chalk({ level: 0 });
const NONE = { error: 0, warning: 0, info: 0 };

test.each([
  {
    name: 'what came and went',
    fresh: 1,
    gone: 2,
    severities: { ...NONE, error: 3, info: 1 },
    line: '1 new, 2 resolved; 3 errors, 1 note',
  },
  { name: 'what came alone', fresh: 2, gone: 0, severities: { ...NONE, warning: 2 }, line: '2 new; 2 warnings' },
  { name: 'that nothing is left', fresh: 0, gone: 1, severities: NONE, line: '1 resolved; no findings' },
  { name: 'that nothing changed', fresh: 0, gone: 0, severities: { ...NONE, error: 1 }, line: 'no change; 1 error' },
])('the line of a lint says $name', ({ line, ...counts }) => {
  const causes = ['k8s/a.yaml changed', 'k8s/b.yaml removed'];
  expect(changeLine({ causes, durationMs: 52, ...counts })).toBe(`k8s/a.yaml changed and 1 more: ${line} (0.05 s)`);
});

test('a finding that is gone is one line, which no program takes for a finding', () => {
  const at = { file: 'a.yaml', line: 3, column: 5, excerpt: 'x' };
  const found = {
    rule: missingGroup,
    severity: 'warning',
    message: 'no such\n::error::group',
    at,
    related: [],
    help: 'x',
  } as const;
  expect(resolvedLine(found, style)).toBe(
    String.raw`resolved  a.yaml:3:5  warning  I2N225 missing-group  no such\n\x3a:error::group` + '\n',
  );
});
