import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

import { bundleFor } from './bundle-for.ts';

interface Bundle {
  readonly main: (words: readonly string[]) => Promise<void>;
}

/**
 * Runs a command line with the file that answers it quickest.
 * @param words Without node and program.
 * @param dist The folder of what is built.
 */
export async function launch(words: readonly string[], dist: string): Promise<void> {
  const name = bundleFor(words);
  if (name !== 'help.cjs') optimiseLater();
  const { main } = await load(join(dist, name));
  await main(words);
}

/**
 * Code that runs for a second is used up before its optimised form pays, and making that took a third of all CPU time.
 * The default is 66 kB of bytecode; with much more than twice as much, large inputs take longer. Only Node 20 has the
 * flag: later ones would say so on stderr.
 */
function optimiseLater(): void {
  if (Number.parseInt(process.versions.node, 10) === 20) setFlagsFromString('--interrupt-budget=163840');
}

function load(path: string): Bundle | Promise<Bundle> {
  // Node starts up its loader of ES modules for the first `import()`, which takes as long as a small file.
  return path.endsWith('.cjs') ? createRequire(path)(path) : import(pathToFileURL(path).href);
}
