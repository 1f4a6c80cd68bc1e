import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** A program of test/support/programs, made into one file that node runs. */
export interface BundledProgram {
  readonly path: string;
  readonly remove: () => void;
}

export async function bundleProgram(name: string): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-program-'));
  const path = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    // CommonJS dependencies ask for Node's own modules with `require`.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
