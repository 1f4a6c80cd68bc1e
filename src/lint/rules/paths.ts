import type { Rule } from '../../diagnostics/rule.ts';

export const literalPath = {
  id: 'I2N221',
  name: 'literal-path',
  severity: 'warning',
  summary:
    'A path with characters that look like a pattern, an escape or a query, and are plain text to nginx; refused-path-type where the admission webhook rejects it, too.',
  why: 'The path only matches requests that contain these very characters, so in practice it matches none.',
} as const satisfies Rule;

export const exactInRegexHost = {
  id: 'I2N222',
  name: 'exact-in-regex-host',
  severity: 'warning',
  summary: 'An Exact path on a host whose paths are regular expressions: it also matches what only begins with it.',
  why: 'One use-regex or rewrite-target turns every path of the host, of all its Ingresses, into a regular expression that is open at its end. The controller does the same.',
} as const satisfies Rule;

export const shadowedPath = {
  id: 'I2N223',
  name: 'shadowed-path',
  severity: 'warning',
  summary: 'A path that no request reaches, since a regular expression that is tried first matches all of it.',
  why: 'On a host with regular expressions nginx takes the first match, and the longest text is tried first, not the most specific path.',
} as const satisfies Rule;

export const refusedPathType = {
  id: 'I2N226',
  name: 'refused-path-type',
  severity: 'warning',
  lintSeverity: 'error',
  summary:
    'A Prefix or Exact path that the admission webhook of ingress-nginx rejects; a note where the cluster has it already.',
  why: 'Since version 1.12 strict-validate-path-type is on by default: such a path may hold letters, digits and - . _ / only. Once stored, it works.',
} as const satisfies Rule;

export const slowRegex = {
  id: 'I2N211',
  name: 'slow-regex',
  severity: 'warning',
  summary: 'A path whose regular expression backtracks catastrophically: a repeated group that holds what is repeated.',
  why: 'For a request that nearly fits, PCRE tries a number of ways that doubles with each character, up to its limit of ten million; then nginx answers 500. Meanwhile the worker serves nobody else, and anybody can send many such requests.',
} as const satisfies Rule;
