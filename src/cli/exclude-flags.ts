import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import type { PathsRequest } from '../jobs/load.ts';

type Exclude = NonNullable<PathsRequest['exclude']>;
type ExcludePattern = Exclude['patterns'][number];

/** What is left out where folders are read. */
export interface ExcludeFlags {
  readonly exclude?: readonly ExcludePattern[];
  /** Of commands that heed .gitignore files; false with `--no-gitignore`. */
  readonly gitignore?: boolean;
}

export function addExcludeFlag(command: Command): Command {
  return command.option(
    '--exclude <glob>',
    'what to leave out of directories, as in a .gitignore; repeatable',
    addExclude,
  );
}

/** What a config file sets, the command line does not name. */
export function addConfigFlags(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'config file (default: .ingress2nginx.yaml, .yml or .json in this directory or above it)',
    )
    .option('--no-config', 'read no config file');
}

export function addGitignoreFlag(command: Command): Command {
  return command.option('--no-gitignore', 'also read what .gitignore files leave out of directories');
}

/** A pattern of the command line counts from the current folder. */
function addExclude(pattern: string, earlier: readonly ExcludePattern[] | undefined): readonly ExcludePattern[] {
  if (pattern.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...(earlier ?? []), { pattern, base: process.cwd(), from: '--exclude' }];
}

/** Undefined if nothing is left out. */
export function excludeOf({ exclude: patterns = [], gitignore = false }: ExcludeFlags): Exclude | undefined {
  return patterns.length === 0 && !gitignore ? undefined : { patterns, usesGitignore: gitignore };
}
