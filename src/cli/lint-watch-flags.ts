import type { Command } from 'commander';

import type { LintReportFlags } from './format-flags.ts';
import { isStream } from './watch-flags.ts';

export interface LintWatchFlags {
  readonly watch?: boolean;
}

export function addLintWatchFlag(command: Command): Command {
  return command
    .optionsGroup('Watching:')
    .option('--watch', 'keep running, lint again whenever a file is saved, and show what changed');
}

/** What is shown as it comes and goes. */
const WATCHED_FORMATS: readonly string[] = ['pretty', 'compact'];

/** What is done once, and writes. */
const ONCE = { fix: '--fix', fixDryRun: '--fix-dry-run', writeBaseline: '--write-baseline' } as const;

/** Ends the command where flags and paths do not go together with `--watch`. */
export function checkLintWatch(command: Command, paths: readonly string[]): void {
  const refuse = (problem: string): void => command.error(`error: ${problem}`, { exitCode: 2 });
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const { format = [] } = command.opts<Pick<LintReportFlags, 'format'>>();
  const isKnown = format.every(({ format: name, file }) => file === undefined && WATCHED_FORMATS.includes(name));
  if (isGiven('format') && !isKnown) {
    refuse('--format cannot be used with --watch, except for pretty and compact');
  }
  for (const [name, flag] of Object.entries(ONCE)) if (isGiven(name)) refuse(`${flag} cannot be used with --watch`);
  if (isGiven('stdinFilename')) refuse('--stdin-filename cannot be used with --watch');
  for (const path of paths) {
    if (path === '-') refuse('stdin cannot be watched: give files or folders');
    if (isStream(path)) refuse(`${JSON.stringify(path)} cannot be watched: it is neither a file nor a folder`);
  }
}
