import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

import { bundleFor } from './bundle-for.ts';
import { loadBundle } from './code-cache.ts';

interface Bundle {
  readonly main: (words: readonly string[]) => Promise<void>;
}

/** Milliseconds after which V8 may have thrown away what it compiled in the beginning. */
const LONG_RUN = 3_000;

/**
 * Runs a command line with the file that answers it quickest.
 * @param words Without node and program.
 * @param dist The folder of what is built.
 */
export async function launch(words: readonly string[], dist: string): Promise<void> {
  const { file, cacheName } = bundleFor(words);
  if (file !== 'help.cjs') optimiseLater();
  const { main } = cacheName === undefined ? await importBundle(join(dist, file)) : load(join(dist, file), cacheName);
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

/** Node starts up its loader of ES modules for that, a tenth of its own start. */
function importBundle(path: string): Promise<Bundle> {
  return import(pathToFileURL(path).href);
}

function load(path: string, command: string): Bundle {
  const isOff = (process.env['INGRESS2NGINX_NO_CODE_CACHE'] ?? '') !== '';
  const { exported, keep } = loadBundle<Bundle>(path, isOff ? undefined : command);
  // A run that failed has not come to all of the code, and the next one would find only what that needed.
  process.once('exit', code => {
    if (code === 0 && performance.now() < LONG_RUN) keep();
  });
  return exported;
}
