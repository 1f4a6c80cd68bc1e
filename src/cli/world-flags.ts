import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { NAMED_KINDS } from '../compile/settings.ts';
import type { NamedKind, World } from '../compile/settings.ts';
import { listed } from '../diagnostics/words.ts';

/** What a command line says of objects that are named and not in the input. */
export interface WorldFlags {
  readonly closedWorld?: boolean;
  readonly assumeExternal?: readonly NamedKind[];
}

export function addWorldFlags(command: Command): Command {
  return command
    .option('--closed-world', 'the input holds everything: each missing Service, Secret, ConfigMap … is an error')
    .option(
      '--assume-external <kinds>',
      'kinds that are elsewhere, with commas between, such as Secret: nothing is said of missing ones; repeatable',
      addKinds,
    );
}

/** What `lint` makes of them. */
export function worldOf({ closedWorld, assumeExternal = [] }: WorldFlags): World {
  return { missing: closedWorld === true ? 'error' : 'note', external: assumeExternal };
}

/** What a command that makes something of the manifests makes of them; undefined where neither is given. */
export function worldOfOutput({ closedWorld, assumeExternal }: WorldFlags): World | undefined {
  if (closedWorld === true) return { missing: 'error', external: assumeExternal ?? [] };
  return assumeExternal === undefined ? undefined : { missing: 'said', external: assumeExternal };
}

/** As kubectl takes them: capitals and the plural do not count. */
function kindOf(text: string): NamedKind {
  const name = text.trim().toLowerCase();
  const kind = NAMED_KINDS.find(each => [each, `${each}s`, `${each}es`].some(known => known.toLowerCase() === name));
  if (kind !== undefined) return kind;
  if (/^endpointslices?$/.test(name)) return 'Endpoints';
  throw new InvalidArgumentError(`Use ${listed(NAMED_KINDS, NAMED_KINDS.length)}.`);
}

function addKinds(text: string, earlier: readonly NamedKind[] | undefined): readonly NamedKind[] {
  return [...new Set([...(earlier ?? []), ...text.split(',').map(kindOf)])];
}
