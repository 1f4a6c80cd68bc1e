import { declareExplain } from './commands/explain.ts';
import { declareLint } from './commands/lint.ts';
import { declareRender } from './commands/render.ts';
import { declareRoutes } from './commands/routes.ts';
import { declareTest } from './commands/test.ts';
import { runProgram } from './program.ts';
import type { Declare } from './program.ts';

const COMMANDS: ReadonlyMap<string, Declare> = new Map([
  ['explain', declareExplain],
  ['lint', declareLint],
  ['render', declareRender],
  ['routes', declareRoutes],
  ['test', declareTest],
]);

/** `main` for a command line that begins with one of these: no other command is declared. */
export function main(words: readonly string[]): Promise<void> {
  return runProgram(words, [COMMANDS.get(words[0] ?? '') ?? declareRender]);
}
