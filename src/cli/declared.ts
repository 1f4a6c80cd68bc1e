import { Command } from 'commander';
import type { Option } from 'commander';

import { declareApply } from './commands/apply.ts';
import { declareHosts } from './commands/hosts.ts';
import { declareLint } from './commands/lint.ts';
import { declareRender } from './commands/render.ts';
import { declareRoutes } from './commands/routes.ts';
import { declareTest } from './commands/test.ts';

/** A flag as one of the commands declares it. */
export interface Declared {
  readonly command: string;
  readonly option: Option;
}

/** The flags of all commands that read manifests, by their names without dashes, in the order of the helps. */
export function declaredFlags(): ReadonlyMap<string, readonly Declared[]> {
  const program = new Command();
  for (const declare of [declareLint, declareRender, declareApply, declareRoutes, declareTest, declareHosts])
    declare(program);
  const flags = new Map<string, Declared[]>();
  for (const command of program.commands) {
    for (const option of command.options) {
      const known = flags.get(option.name());
      const declared = { command: command.name(), option };
      if (known === undefined) flags.set(option.name(), [declared]);
      else known.push(declared);
    }
  }
  return flags;
}
