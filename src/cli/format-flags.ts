import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { addFindingFlags } from './flags.ts';
import type { FindingFlags } from './flags.ts';

/** The formats of `lint`. */
export const LINT_FORMATS = [
  'pretty',
  'compact',
  'json',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'checkstyle',
  'markdown',
] as const;

export type LintFormat = (typeof LINT_FORMATS)[number];

/** A format, and the file that gets it; undefined: stdout. */
export interface FormatTarget {
  readonly format: LintFormat;
  readonly file: string | undefined;
}

export interface LintReportFlags extends FindingFlags {
  readonly format?: readonly FormatTarget[];
}

export function addLintReportFlags(command: Command): Command {
  return addFindingFlags(command.optionsGroup('Findings, on stdout:').addOption(formatOption()));
}

/** Not called repeatable: where it is no flag, it is one format for stdout. */
function formatOption(): Option {
  return new Option(
    '--format <format[=file]>',
    'format of the findings, and the file that gets them instead of stdout; several can be given (default: pretty, in GitHub Actions followed by github)',
  )
    .choices(LINT_FORMATS)
    .argParser(addFormat);
}

function addFormat(text: string, earlier: readonly FormatTarget[] = []): readonly FormatTarget[] {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const format = LINT_FORMATS.find(known => known === name);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${LINT_FORMATS.join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Name the file: ${format}=FILE.`);
  if (earlier.some(other => other.file === file)) {
    const both = `Two formats cannot share ${file === undefined ? 'stdout' : JSON.stringify(file)}`;
    throw new InvalidArgumentError(`${both}; write one to another file: ${format}=FILE.`);
  }
  return [...earlier, { format, file }];
}
