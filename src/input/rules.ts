import type { Rule } from '../diagnostics/rule.ts';

export const unreadableFile = {
  id: 'I2N101',
  name: 'unreadable-file',
  severity: 'error',
  summary: 'A file or a folder that cannot be read.',
  why: 'Its manifests would be missing from the result, and nobody would notice if the run went on silently.',
} satisfies Rule;

export const binaryFile = {
  id: 'I2N102',
  name: 'binary-file',
  severity: 'error',
  summary: 'A file that contains binary data instead of text.',
  why: 'Manifests are text; archives, images and compressed files usually get among them by mistake.',
} satisfies Rule;

export const notUtf8 = {
  id: 'I2N103',
  name: 'not-utf8',
  severity: 'error',
  summary: 'A file that is neither UTF-8 nor UTF-16 with a byte order mark.',
  why: 'YAML and JSON are Unicode; guessing another encoding would silently change names and secrets.',
} satisfies Rule;

export const fileTooLarge = {
  id: 'I2N104',
  name: 'file-too-large',
  severity: 'error',
  summary: 'A file that is too large to be read at once.',
  why: 'YAML over 64 MiB takes gigabytes to parse, and Node cannot hold a text over 512 MiB in one string.',
} satisfies Rule;

export const noManifests = {
  id: 'I2N105',
  name: 'no-manifests',
  severity: 'warning',
  summary: 'A folder without .yaml, .yml or .json files.',
  why: 'An empty folder usually means a wrong path or a build that did not run.',
} satisfies Rule;

/** All rules of the input, by id. */
export const emptyInput = {
  id: 'I2N106',
  name: 'empty-input',
  severity: 'error',
  summary: 'The input is empty. Nothing is written, even with --on-error isolate.',
  why: 'Most likely the command before the pipe failed. An empty configuration would take down every host.',
} as const satisfies Rule;

export const inputRules: readonly Rule[] = [unreadableFile, binaryFile, notUtf8, fileTooLarge, noManifests, emptyInput];
