import { expect, test } from 'vitest';

import { builtAnnotations } from '../../../src/annotations/registry.ts';
import { RISKS } from '../../../src/annotations/risks.ts';
import { reportRefusedAnnotations } from '../../../src/compile/admission.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { ingressOf, linesOf } from '../../support/resources.ts';

test.each([
  { name: 'nothing by default', values: { 'annotations-risk-level': 'High' }, lines: [] },
  {
    name: 'a URL of an auth service above Medium',
    values: { 'annotations-risk-level': 'Medium' },
    lines: ['annotation-above-risk: auth-url has a risk above "Medium", the annotations-risk-level of the ConfigMap'],
  },
  {
    name: 'all but plain ones at Low',
    values: { 'annotations-risk-level': 'Low' },
    lines: [
      'annotation-above-risk: auth-url has a risk above "Low", the annotations-risk-level of the ConfigMap',
      'annotation-above-risk: app-root has a risk above "Low", the annotations-risk-level of the ConfigMap',
    ],
  },
  {
    name: 'words that are forbidden, anywhere in a value',
    values: { 'annotations-risk-level': 'Critical', 'annotation-value-word-blocklist': ['{', 'auth.'] },
    lines: ['blocked-word: auth-url has "auth.", which annotation-value-word-blocklist of the ConfigMap forbids'],
  },
])('the controller refuses $name', ({ values, lines }) => {
  const { report, diagnostics } = collect();
  const annotations = {
    'auth-url': 'http://auth.example',
    'app-root': '/a',
    'ssl-redirect': 'false',
    'auth-signin': '',
  };
  const reason = reportRefusedAnnotations(ingressOf({ annotations }), { values, written: new Map() }, report);
  expect(linesOf(diagnostics)).toEqual(lines);
  expect(reason === undefined).toBe(lines.length === 0);
});

test.each([
  ['auth-tls-secret', 'Low'],
  ['canary-by-header-value', 'Low'],
  ['modsecurity-transaction-id', 'Medium'],
  ['opentelemetry-operation-name', 'Low'],
  ['rewrite-target', 'Low'],
  ['session-cookie-path', 'Low'],
])('the risk of %s is above %s', (name, level) => {
  const { report, diagnostics } = collect();
  const values = { 'annotations-risk-level': level };
  reportRefusedAnnotations(ingressOf({ annotations: { [name]: 'a' } }), { values, written: new Map() }, report);
  expect(linesOf(diagnostics)).toEqual([
    `annotation-above-risk: ${name} has a risk above "${level}", the annotations-risk-level of the ConfigMap`,
  ]);
});

test('what has a risk are annotations that there are', () => {
  expect([...RISKS.keys()].filter(name => !Object.hasOwn(builtAnnotations(), name))).toEqual([]);
});
