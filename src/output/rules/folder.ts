import type { Rule } from '../../diagnostics/rule.ts';

export const outputInTheWay = {
  id: 'I2N170',
  name: 'output-in-the-way',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file or folder that ingress2nginx did not write is in the way of the output.',
  why: 'Foreign files are never overwritten: they may be somebody’s work.',
} as const satisfies Rule;

export const outputLinkReplaced = {
  id: 'I2N171',
  name: 'output-link-replaced',
  severity: 'warning',
  summary: 'A symbolic link stood where a file or a folder of the output belongs, and was replaced.',
  why: 'A link can lead out of the output folder; writing through it would overwrite a file elsewhere.',
} as const satisfies Rule;

export const outputEdited = {
  id: 'I2N172',
  name: 'output-edited',
  severity: 'warning',
  summary: 'An output file was edited since the last render, and was overwritten.',
  why: 'The output is generated: make the change in the manifests, or the next render loses it.',
} as const satisfies Rule;

export const outputLeftOver = {
  id: 'I2N173',
  name: 'output-left-over',
  severity: 'warning',
  summary: 'A file of an earlier output is no longer needed, but was edited since, and is kept.',
  why: 'Edited files are never deleted.',
} as const satisfies Rule;

export const passwordsOfRoot = {
  id: 'I2N174',
  name: 'passwords-of-root',
  severity: 'info',
  summary: 'Root has written password files, and the user of nginx’s workers is not known.',
  why: 'Workers of an nginx that root starts are another user; one that cannot read a password file answers 500.',
} as const satisfies Rule;
