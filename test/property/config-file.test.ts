import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { configKeys } from '../../src/cli/config-keys.ts';
import { checkFile } from '../../src/config-file/check.ts';
import { ruleNamed } from '../../src/findings/named-rules.ts';
import { hostileText } from './hostile.ts';
import { runs } from './runs.ts';

const KNOWN = {
  ...configKeys(),
  problemOfRule: (name: string) => (ruleNamed(name).kind === 'rule' ? undefined : { message: 'there is no such rule' }),
};
const NAMES = [...KNOWN.keys, ...KNOWN.refused].map(({ name }) => name);

const value = fc.oneof(
  fc.constantFrom(
    'true',
    '8080',
    '1.30',
    'public',
    '"a"',
    "'b'",
    '[a, b]',
    '{ a: b }',
    '*a',
    '!t x',
    '&a x',
    '|\n  a',
    '~',
    '',
  ),
  fc.constantFrom('[missing-group]', '[[a]]', '- a', '"\\x', '[a', '{I2N225: off}', '{x: [}', '<<: *a', '0x1', '.nan'),
  fc.string(),
  hostileText,
);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...NAMES, 'paths', 'severities', '$schema'), value)
      .map(([key, text]) => `${key}: ${text}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('---', '...', '# c', '  - a', '- b', '? [k]', ': v', '\t', '%YAML 1.1') },
  { weight: 1, arbitrary: hostileText },
);

test('whatever a config file holds, it is taken or refused with places in it, and nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }).map(lines => lines.join('\n')),
      text => {
        const { problems, values } = checkFile(text, KNOWN);
        for (const { start, message } of problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(text.length);
          expect(message).not.toBe('');
        }
        for (const key of values.keys()) expect(KNOWN.keys.map(({ name }) => name)).toContain(key);
      },
    ),
    runs(1_500),
  );
});
