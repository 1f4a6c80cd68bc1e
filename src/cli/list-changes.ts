import { Chalk } from 'chalk';

import { CHANGE_KINDS, CHANGE_NAMES } from '../answers/diff/kinds.ts';
import { changesJson, changesTable } from '../report/change-list.ts';
import type { DiffFlags } from './diff.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print } from './face.ts';

/** Prints what `--fail-on` takes. */
export function listChanges({ format, color }: Pick<DiffFlags, 'format' | 'color'>): ExitCode {
  const changes = CHANGE_NAMES.map(name => ({ name, ...CHANGE_KINDS[name] }));
  const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
  print(format === 'json' ? changesJson(changes) : changesTable(changes, style));
  return 0;
}
