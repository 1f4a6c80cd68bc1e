// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

/** CommonJS dependencies ask for Node's own modules with `require`, which an ES module does not have. */
export const REQUIRE_BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * Imports a module that names TypeScript, which Node 20 does not run: it is bundled first.
 * @param {string} entry A path.
 * @returns {Promise<any>}
 */
export async function importBundled(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-bundled-'));
  try {
    const outfile = join(folder, 'bundle.mjs');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
      banner: { js: REQUIRE_BANNER },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
