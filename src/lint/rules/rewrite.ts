import type { Rule } from '../../diagnostics/rule.ts';

export const rewriteWithoutSlash = {
  id: 'I2N210',
  name: 'rewrite-without-slash',
  severity: 'warning',
  summary: 'A rewrite-target that does not begin with a slash, nor with a group that does, and is no URL.',
  why: 'nginx sends it to the backend as it is, as the controller does: "GET shop HTTP/1.1" is no request, and most backends answer 400.',
} as const satisfies Rule;

export const rewriteWithoutGroup = {
  id: 'I2N224',
  name: 'rewrite-without-group',
  severity: 'warning',
  summary: 'A rewrite-target without $1 to $9: every request of the path arrives with the same path.',
  why: 'The target replaces the whole path. Before version 0.22 the controller kept the rest; since then a group has to.',
} as const satisfies Rule;

export const missingGroup = {
  id: 'I2N225',
  name: 'missing-group',
  severity: 'warning',
  summary: 'A rewrite-target with $1 to $9 for a group that the path does not have: it becomes empty text.',
  why: 'nginx takes it without a word, and the backend gets a path that lacks a part.',
} as const satisfies Rule;

export const wrongGroup = {
  id: 'I2N213',
  name: 'wrong-group',
  severity: 'warning',
  summary: 'A rewrite-target with the group for the slash, `(/|$)`, and not the one for the rest behind it.',
  why: 'Groups are numbered by their opening parentheses: of `/api(/|$)(.*)`, $1 is a slash or nothing, and $2 the rest. Every request arrives as the same path.',
} as const satisfies Rule;
