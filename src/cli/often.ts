import { declareRender } from './commands/render.ts';
import { declareRoutes } from './commands/routes.ts';
import { runProgram } from './program.ts';

/** `main` for a command line that begins with one of `OFTEN` (launch.ts). */
export function main(words: readonly string[]): Promise<void> {
  return runProgram(words, [declareRender, declareRoutes]);
}
