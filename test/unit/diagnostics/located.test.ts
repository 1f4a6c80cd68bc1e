import { expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { locateAll } from '../../../src/diagnostics/located.ts';

const RULE = { id: 'I2N201', name: 'path-conflict', severity: 'warning', summary: '', why: '' } as const;

function finding(document: string, step: number, other: string): Diagnostic {
  const related = [{ message: 'here', at: { document: other, path: [step] } }];
  return { rule: RULE, severity: 'warning', message: `${step}`, at: { document, path: [step] }, related };
}

test('documents are asked one after the other, however their findings are mixed', () => {
  const asked: string[] = [];
  const findings = Array.from({ length: 20 }, (_, step) => finding(`d${step % 3}`, step, `d${(step + 1) % 3}`));
  const located = locateAll(findings, ({ document, path }) => {
    if (asked.at(-1) !== document) asked.push(document);
    return { file: document, line: Number(path[0]) + 1, column: 1 };
  });
  expect(asked).toEqual(['d0', 'd1', 'd2']);
  expect(located.map(({ at, message }) => `${at?.file}:${at?.line} ${message}`)).toContain('d1:5 4');
  expect(located.every(({ at, related }) => related[0]?.at?.line === at?.line)).toBe(true);
});
