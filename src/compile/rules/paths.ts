import type { Rule } from '../../diagnostics/rule.ts';

export const pathConflict = {
  id: 'I2N201',
  name: 'path-conflict',
  severity: 'warning',
  summary: 'A path that an older Ingress, or an earlier rule, already has on the same host.',
  why: 'The oldest Ingress wins, as in the controller; this path serves nothing.',
} as const satisfies Rule;

export const samePrefix = {
  id: 'I2N202',
  name: 'prefix-with-and-without-slash',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'Two prefixes of a host that differ only in a trailing slash.',
  why: 'Both mean the same folder. The controller makes nginx reject the whole configuration for it; here the older Ingress serves the folder, and within one Ingress the path with the slash.',
} as const satisfies Rule;

export const invalidRegex = {
  id: 'I2N203',
  name: 'invalid-regex',
  severity: 'error',
  summary: 'A path that is used as a regular expression and is not a valid one.',
  why: 'nginx rejects the whole configuration because of one such path, and with it every other host.',
} as const satisfies Rule;

export const unwritablePath = {
  id: 'I2N205',
  name: 'unwritable-path',
  severity: 'error',
  summary: 'A path that cannot be written in an nginx configuration.',
  why: 'Control characters, texts over 4 KiB, bidirectional marks and CI commands (`##vso[`) have no safe form there; everything that begins like the path answers 503.',
} as const satisfies Rule;

export const refusedOverlap = {
  id: 'I2N215',
  name: 'refused-overlap',
  severity: 'warning',
  summary: 'A path that another Ingress of the host has with another path type, which the admission webhook rejects.',
  why: 'The webhook compares host and path alone, and takes such a path for one that the other Ingress serves already. Once stored, both are served.',
} as const satisfies Rule;
