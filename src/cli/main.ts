import { declareAnnotations } from './commands/annotations.ts';
import { declareApply } from './commands/apply.ts';
import { declareExplain } from './commands/explain.ts';
import { declareDiff } from './commands/diff.ts';
import { declareHosts } from './commands/hosts.ts';
import { declareLint } from './commands/lint.ts';
import { declareMigrate } from './commands/migrate.ts';
import { declareOptions } from './commands/options.ts';
import { declareReleases } from './commands/releases.ts';
import { declareRender } from './commands/render.ts';
import { declareRollback } from './commands/rollback.ts';
import { declareReport } from './commands/report.ts';
import { declareRoutes } from './commands/routes.ts';
import { declareStart } from './commands/start.ts';
import { declareStatus } from './commands/status.ts';
import { declareStop } from './commands/stop.ts';
import { declareTest } from './commands/test.ts';
import { runProgram } from './program.ts';
import type { Declare } from './program.ts';

/** In the order of the help. */
export const COMMANDS: readonly Declare[] = [
  declareLint,
  declareRender,
  declareApply,
  declareStatus,
  declareReleases,
  declareRollback,
  declareStop,
  declareStart,
  declareRoutes,
  declareExplain,
  declareTest,
  declareDiff,
  declareMigrate,
  declareReport,
  declareHosts,
  declareAnnotations,
  declareOptions,
];

/** @param words The words of the command line, without node and program. */
export function main(words: readonly string[]): Promise<void> {
  return runProgram(words, COMMANDS);
}
