import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { parsePath } from './settings.ts';

/** Which findings are reported, and how many of them may be warnings. */
export interface ReportChoiceFlags {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly changedSince?: string;
  readonly maxWarnings?: number;
}

export function addReportChoiceFlags(command: Command): Command {
  return command
    .optionsGroup('Which findings:')
    .option('--baseline <file>', 'do not report findings that are in this file', parsePath)
    .addOption(
      new Option('--write-baseline <file>', 'write all findings to this file, for --baseline')
        .argParser(parsePath)
        // With them it would hold a part of the findings alone, or those that are left after fixes that nobody made.
        .conflicts(['changedSince', 'only', 'disable', 'fixDryRun']),
    )
    .option(
      '--changed-since <ref>',
      'report only what is on lines that changed since this commit of Git, or comes of them',
    )
    .option('--max-warnings <number>', 'exit 1 if there are more warnings', parseCount);
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Use a number, such as 0.');
  return Number(text);
}
