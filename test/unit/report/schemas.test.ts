import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { jsonText, lintJson } from '../../../src/report/json.ts';
import type { Located } from '../../../src/diagnostics/located.ts';
import { hostsJson } from '../../../src/report/hosts-text.ts';
import { routesJson } from '../../../src/report/routes-table.ts';
import { namesJson } from '../../../src/report/names-text.ts';
import { annotationAnswers } from '../../../src/answers/annotation-names.ts';
import { coverageOf } from '../../../src/answers/names.ts';
import { optionAnswers } from '../../../src/answers/option-names.ts';
import { listRoutes } from '../../../src/answers/listed-routes.ts';
import { reportWith } from '../../support/formats/sample-report.ts';
import { ROUTING } from '../answers/routing-sample.ts';

const rule = { id: 'I2N999', name: 'sample-rule', severity: 'error', summary: 'Sample.', why: 'To test.' } as const;
const at = { file: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 4 };
const findings: readonly Located[] = [
  { rule, severity: 'error', message: 'm', help: 'h', at, related: [{ message: 'r', at }, { message: 'r' }] },
  { rule, severity: 'info', message: 'm', related: [] },
];
const HOSTS = {
  lines: [{ host: 'shop.example.com', address: '127.0.0.1', source: 'loopback' }],
  leftOut: [{ host: '*.example.com', reason: 'a wildcard' }],
} as const;
const ANNOTATIONS = { one: 'annotation', several: 'annotations', prefix: 'nginx.ingress.kubernetes.io/' } as const;
const OPTIONS = { one: 'option', several: 'options', prefix: '' } as const;
const counts = { files: 1, objects: 2, ingresses: 1, leftOut: 1, skipped: 0 };
const leftOut = [{ ingress: 'shop/web', reason: 'no class' }];

const byClass = new Map([['internal', 2]]);
const fix = { title: 't', effect: 'same', edits: [{ at, text: 'x' }] } as const;
const LINTED = {
  ...reportWith(findings, { counts: { ...counts, needs: { withoutClass: 1, byClass } }, fixOf: () => fix }),
  suppressed: findings.map(found => ({ found, kind: 'inSource' as const, reason: 'r' })),
};

test('json has all that lint knows', () => {
  expect(JSON.parse(lintJson(LINTED))).toMatchObject({
    diagnostics: [{ fingerprint: 'print of m', fix: { edits: [{ file: 'a.yaml', line: 1, text: 'x' }] } }, {}],
    suppressed: [{ suppressedBy: 'inSource', reason: 'r' }, {}],
    summary: { suppressed: 2, needs: { withoutClass: 1, byClass: { internal: 2 } } },
  });
});

test.each([
  { name: 'diagnostics', text: lintJson(LINTED) },
  { name: 'diagnostics', text: jsonText(findings, { counts, leftOut, notes: ['n'], withheld: 'w', problem: 'p' }) },
  { name: 'routes', text: routesJson(listRoutes(ROUTING)) },
  { name: 'names', text: namesJson(annotationAnswers(), coverageOf(annotationAnswers()), ANNOTATIONS) },
  { name: 'names', text: namesJson(optionAnswers(), coverageOf(optionAnswers()), OPTIONS) },
  { name: 'hosts', text: hostsJson(HOSTS, { path: '/etc/hosts', change: 'written' }) },
])('the published schema of $name holds', ({ name, text }) => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL(`../../../docs/schemas/${name}.json`, import.meta.url), 'utf8'),
  );
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
  validate(JSON.parse(text));
  expect(validate.errors).toBeNull();
});
