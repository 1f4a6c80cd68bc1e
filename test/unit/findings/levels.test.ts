import { expect, test } from 'vitest';

import type { Rule, Severity } from '../../../src/diagnostics/rule.ts';
import { levelled } from '../../../src/findings/levels.ts';
import type { Level, Levels } from '../../../src/findings/levels.ts';

const PLAIN: Rule = { id: 'I2N998', name: 'plain', severity: 'warning', summary: '', why: '' };
const GRAVE: Rule = { ...PLAIN, id: 'I2N999', name: 'grave', lintSeverity: 'error' };

function levels(byRule: Readonly<Record<string, Level>>, only?: readonly string[]): Levels {
  return { byRule: new Map(Object.entries(byRule)), ...(only === undefined ? {} : { only: new Set(only) }) };
}

interface Row {
  readonly name: string;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly levels: Levels;
  readonly becomes: Severity | undefined;
}

test.each<Row>([
  { name: 'keeps the severity of a rule', rule: PLAIN, severity: 'warning', levels: levels({}), becomes: 'warning' },
  { name: 'takes the severity of lint', rule: GRAVE, severity: 'warning', levels: levels({}), becomes: 'error' },
  { name: 'keeps what a stage makes less of', rule: GRAVE, severity: 'info', levels: levels({}), becomes: 'info' },
  {
    name: 'takes what the user says',
    rule: GRAVE,
    severity: 'info',
    levels: levels({ I2N999: 'warning' }),
    becomes: 'warning',
  },
  {
    name: 'leaves out what is off',
    rule: PLAIN,
    severity: 'error',
    levels: levels({ I2N998: 'off' }),
    becomes: undefined,
  },
  {
    name: 'leaves out what is not wanted',
    rule: PLAIN,
    severity: 'error',
    levels: levels({}, ['I2N999']),
    becomes: undefined,
  },
  { name: 'reports what is wanted', rule: PLAIN, severity: 'error', levels: levels({}, ['I2N998']), becomes: 'error' },
])('$name', ({ rule, severity, levels: asked, becomes }) => {
  expect(levelled({ rule, severity, message: '' }, asked)?.severity).toBe(becomes);
});
