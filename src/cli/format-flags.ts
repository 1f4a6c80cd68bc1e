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
export interface FormatTarget<F extends string> {
  readonly format: F;
  readonly file: string | undefined;
}

export interface LintReportFlags extends FindingFlags {
  readonly format?: readonly FormatTarget<LintFormat>[];
}

export function addLintReportFlags(command: Command): Command {
  return addFindingFlags(command.optionsGroup('Findings, on stdout:').addOption(formatOption()));
}

function formatOption(): Option {
  return formatTargetsOption(
    LINT_FORMATS,
    'format of the findings, and the file that gets them instead of stdout; several can be given (default: pretty, in GitHub Actions followed by github)',
  );
}

/** An option for several formats. It is not called repeatable: where it is no flag, it is one format for stdout. */
export function formatTargetsOption(formats: readonly string[], description: string): Option {
  return new Option('--format <format[=file]>', description)
    .choices(formats)
    .argParser((text, earlier: readonly FormatTarget<string>[] | undefined) => addFormat(text, formats, earlier));
}

function addFormat(
  text: string,
  formats: readonly string[],
  earlier: readonly FormatTarget<string>[] = [],
): readonly FormatTarget<string>[] {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const format = formats.find(known => known === name);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Name the file: ${format}=FILE.`);
  if (earlier.some(other => other.file === file)) {
    const both = `Two formats cannot share ${file === undefined ? 'stdout' : JSON.stringify(file)}`;
    throw new InvalidArgumentError(`${both}; write one to another file: ${format}=FILE.`);
  }
  return [...earlier, { format, file }];
}
