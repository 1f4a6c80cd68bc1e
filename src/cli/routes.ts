import { Chalk } from 'chalk';

import { routesOf } from '../answers/routes.ts';
import { routesJson, routesTable } from '../report/routes-table.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, wrapColumns } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';

export interface RoutesFlags extends CompileFlags, FindingFlags {
  readonly stdinFilename: string;
  readonly format: 'table' | 'json';
}

/** Shows the routes even when there are findings: the answer is what would be served. */
export async function routes(input: InputRequest, flags: RoutesFlags, onStage?: OnStage): Promise<ExitCode> {
  const loading = await loadInput(input, flags, { onStage });
  if (loading.kind === 'refused') return loading.code;
  const { loaded } = loading;
  onStage?.('report');
  const rows = routesOf(loaded.routing);
  const style = new Chalk({ level: isColoured('stdout', flags.color) ? 1 : 0 });
  print(flags.format === 'json' ? routesJson(rows) : routesTable(rows, style, wrapColumns('stdout')));
  return reportFindings({ ...loaded, notes: [] }, { ...flags, format: flags.format === 'json' ? 'json' : 'pretty' });
}
