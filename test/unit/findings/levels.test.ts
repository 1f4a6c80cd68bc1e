import { expect, test } from 'vitest';

import type { Rule, Severity } from '../../../src/diagnostics/rule.ts';
import { levelled } from '../../../src/findings/levels.ts';
import type { Level, Levels } from '../../../src/findings/levels.ts';

const PLAIN: Rule = { id: 'I2N998', name: 'plain', severity: 'warning', summary: '', why: '' };
const GRAVE: Rule = { ...PLAIN, id: 'I2N999', name: 'grave', lintSeverity: 'error' };
const OF_OUTPUT: Rule = { ...PLAIN, id: 'I2N996', name: 'of-output', isOfOutput: true };
const UNREAD: Rule = { ...PLAIN, id: 'I2N997', name: 'unread', severity: 'error', canBeSuppressed: false };

function levels(byRule: Readonly<Record<string, Level>>, only?: readonly string[]): Levels {
  return {
    byRule: new Map(Object.entries(byRule)),
    areForLint: true,
    ...(only === undefined ? {} : { only: new Set(only) }),
  };
}

/** Of a command that writes files. */
function elsewhere(byRule: Readonly<Record<string, Level>>): Levels {
  return { byRule: new Map(Object.entries(byRule)) };
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
  {
    name: 'leaves out for lint what speaks of the output',
    rule: OF_OUTPUT,
    severity: 'warning',
    levels: levels({}),
    becomes: undefined,
  },
  {
    name: 'keeps elsewhere what speaks of the output',
    rule: OF_OUTPUT,
    severity: 'warning',
    levels: elsewhere({}),
    becomes: 'warning',
  },
  {
    name: 'leaves what is worse for lint as it is elsewhere',
    rule: GRAVE,
    severity: 'warning',
    levels: elsewhere({}),
    becomes: 'warning',
  },
  {
    name: 'takes elsewhere, too, what the user says',
    rule: GRAVE,
    severity: 'warning',
    levels: elsewhere({ I2N999: 'info' }),
    becomes: 'info',
  },
  {
    name: 'says always that something was not read',
    rule: UNREAD,
    severity: 'error',
    levels: levels({ I2N997: 'off' }, ['I2N998']),
    becomes: 'error',
  },
  {
    name: 'makes less of it in lint',
    rule: UNREAD,
    severity: 'error',
    levels: levels({ I2N997: 'warning' }),
    becomes: 'warning',
  },
  {
    name: 'makes nothing less of it where files are written',
    rule: UNREAD,
    severity: 'error',
    levels: elsewhere({ I2N997: 'warning' }),
    becomes: 'error',
  },
  { name: 'reports what is wanted', rule: PLAIN, severity: 'error', levels: levels({}, ['I2N998']), becomes: 'error' },
])('$name', ({ rule, severity, levels: asked, becomes }) => {
  expect(levelled({ rule, severity, message: '' }, asked)?.severity).toBe(becomes);
});
