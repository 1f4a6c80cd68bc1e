import type { Rule } from '../diagnostics/rule.ts';

export const outputInTheWay = {
  id: 'I2N170',
  name: 'output-in-the-way',
  severity: 'error',
  summary: 'Something that we did not write stands where a file of the output belongs.',
  why: 'Files of others are never overwritten; a folder or a file whose origin is unknown may be somebody’s work.',
} satisfies Rule;

export const outputLinkReplaced = {
  id: 'I2N171',
  name: 'output-link-replaced',
  severity: 'warning',
  summary: 'A symbolic link stood where a file or a folder of the output belongs, and was replaced.',
  why: 'A link can lead out of the output folder; whoever writes through it overwrites a file elsewhere.',
} satisfies Rule;

export const outputEdited = {
  id: 'I2N172',
  name: 'output-edited',
  severity: 'warning',
  summary: 'A file of the output was changed by somebody else since it was written, and was written anew.',
  why: 'The output is generated: a change belongs into the manifests, else the next render loses it.',
} satisfies Rule;

export const outputLeftOver = {
  id: 'I2N173',
  name: 'output-left-over',
  severity: 'warning',
  summary: 'A file of an earlier output is not needed any more, but was changed since, and is left alone.',
  why: 'What somebody changed is not deleted without being asked.',
} satisfies Rule;

export const outputRules: readonly Rule[] = [outputInTheWay, outputLinkReplaced, outputEdited, outputLeftOver];
