import type { Rule } from '../../diagnostics/rule.ts';

export const unknownHashVariable = {
  id: 'I2N355',
  name: 'unknown-hash-variable',
  severity: 'warning',
  summary: 'A variable in upstream-hash-by that nginx does not have; it counts as empty.',
  why: 'The controller takes it as empty, too: with nothing else in the value, all requests go to one endpoint. Variables of the controller itself are missing here.',
} as const satisfies Rule;

export const constantHashKey = {
  id: 'I2N356',
  name: 'constant-hash-key',
  severity: 'warning',
  summary: 'An upstream-hash-by without a variable: all requests go to one endpoint.',
  why: 'The same key leads to the same endpoint, and the key is always the same. Mostly the dollar of a variable is missing.',
} as const satisfies Rule;

export const balancingConflict = {
  id: 'I2N357',
  name: 'balancing-conflict',
  severity: 'warning',
  summary: 'An Ingress that asks how requests for a Service are spread, while another Ingress decides it.',
  why: 'A Service is balanced in one way. As in the controller, the oldest Ingress with a path to it decides, even if it says nothing; an Ingress with it as default backend goes before, and of these the youngest.',
} as const satisfies Rule;
