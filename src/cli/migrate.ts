import { Chalk } from 'chalk';

import type { TargetId } from '../answers/migrate/model.ts';
import { migrationIn } from '../jobs/migrate.ts';
import { migrateJson } from '../report/migrate-json.ts';
import { migrateMarkdown } from '../report/migrate-markdown.ts';
import { migrateText } from '../report/migrate-text.ts';
import type { PlacedMigration } from '../report/migrate-words.ts';
import type { ColourChoice, ExitCode } from './face.ts';
import { isColoured, print, wrapColumns } from './face.ts';
import { reportFindings } from './findings.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';

export interface MigrateFlags extends CompileFlags {
  readonly stdinFilename: string;
  readonly to: readonly TargetId[];
  readonly format: 'pretty' | 'markdown' | 'json';
  readonly color: ColourChoice;
  readonly failOn: 'refused' | 'differs' | 'never';
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** The answer is shown even where something could not be read: then it is said, and the exit code is 1. */
export async function migrate(input: InputRequest, flags: MigrateFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'refused') return loading.code;
  const { migration, loaded } = migrationIn({ loaded: loading.loaded, to: flags.to });
  print(textOf(migration, flags));
  const format = flags.format === 'json' ? 'json' : 'pretty';
  const code = await reportFindings({ ...loaded, notes: [] }, { ...flags, failOn: 'error', format });
  return isOver(migration, flags.failOn) ? 1 : code;
}

function textOf(migration: PlacedMigration, { format, color, verbose: isVerbose = false }: MigrateFlags): string {
  switch (format) {
    case 'json':
      return migrateJson(migration);
    case 'markdown':
      return migrateMarkdown(migration, { isVerbose });
    case 'pretty': {
      const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
      return migrateText(migration, { style, columns: wrapColumns('stdout'), isVerbose });
    }
  }
}

/** Options count as well: what they ask for holds for all Ingresses. */
function isOver({ annotations, options = [], shapes }: PlacedMigration, failOn: MigrateFlags['failOn']): boolean {
  const moved = [...annotations, ...options, ...shapes];
  const isRefused = moved.some(
    ({ here, there }) => here?.verdict === 'refused' || there.some(({ verdict }) => verdict === 'none'),
  );
  const isDifferent = moved.some(
    ({ here, there }) =>
      here?.verdict === 'differs' || there.some(({ verdict }) => verdict === 'differs' || verdict === 'unchecked'),
  );
  if (failOn === 'never') return false;
  return isRefused || (failOn === 'differs' && isDifferent);
}
