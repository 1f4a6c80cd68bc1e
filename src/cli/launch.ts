import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { bundleFor } from './bundle-for.ts';
import { loadBundle } from './code-cache.ts';

interface Bundle {
  readonly main: (words: readonly string[]) => Promise<void>;
}

/** Seconds after which V8 may have thrown away what it compiled in the beginning. */
const LONG_RUN = 3;

/**
 * Runs a command line with the file that answers it quickest.
 * @param words Without node and program.
 * @param dist The folder of what is built.
 */
export async function launch(words: readonly string[], dist: string): Promise<void> {
  const { file, cacheName } = bundleFor(words, process.env);
  const { main } = cacheName === undefined ? await importBundle(join(dist, file)) : load(join(dist, file), cacheName);
  await main(words);
}

/** Node starts up its loader of ES modules for that, a tenth of its own start. */
function importBundle(path: string): Promise<Bundle> {
  return import(pathToFileURL(path).href);
}

function load(path: string, command: string): Bundle {
  const isOff = (process.env['INGRESS2NGINX_NO_CODE_CACHE'] ?? '') !== '';
  const { exported, keep } = loadBundle<Bundle>(path, isOff ? undefined : command, require);
  // A run that failed has not come to all of the code, and the next one would find only what that needed.
  process.once('exit', code => {
    if (isDone(command, code) && process.uptime() < LONG_RUN) keep();
  });
  return exported;
}

/** Whether a run came to its end: for lint, findings are one, and in many repositories the only one. */
function isDone(command: string, code: number): boolean {
  return code === 0 || (command === 'lint' && code === 1);
}
