import type { Rule } from '../../diagnostics/rule.ts';

export const unreadableFile = {
  id: 'I2N101',
  name: 'unreadable-file',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file or a folder that cannot be read.',
  why: 'Its manifests would be missing from the result, and nobody would notice if the run went on silently.',
} as const satisfies Rule;

export const binaryFile = {
  id: 'I2N102',
  name: 'binary-file',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file that contains binary data instead of text.',
  why: 'Manifests are text; archives, images and compressed files usually get among them by mistake.',
} as const satisfies Rule;

export const notUtf8 = {
  id: 'I2N103',
  name: 'not-utf8',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file that is neither UTF-8 nor UTF-16 with a byte order mark.',
  why: 'YAML and JSON are Unicode; guessing another encoding would silently change names and secrets.',
} as const satisfies Rule;

export const fileTooLarge = {
  id: 'I2N104',
  name: 'file-too-large',
  severity: 'error',
  canBeSuppressed: false,
  summary: 'A file, or one YAML document in it, that is too large to be read at once.',
  why: 'Over 256 MiB of YAML, or 64 MiB in one document, take gigabytes to read, and Node cannot hold a text over 512 MiB in one string.',
} as const satisfies Rule;
