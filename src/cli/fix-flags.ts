import { Option } from 'commander';
import type { Command } from 'commander';

export interface FixFlags {
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
}

export function addFixFlags(command: Command): Command {
  return command
    .optionsGroup('Fixes:')
    .addOption(
      new Option('--fix', 'rewrite the files where a finding has one safe answer, and report what remains').conflicts(
        'fixDryRun',
      ),
    )
    .option(
      '--fix-dry-run',
      'write nothing: print what --fix would change as a diff on stdout, and what remains on stderr',
    );
}
