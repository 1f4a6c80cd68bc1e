// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All that is published. What is not matched here, and what is missing, fails the check. */
const PACKED = [
  /^LICENSE$/,
  /^README\.md$/,
  /^package\.json$/,
  /^bin\/ingress2nginx\.js$/,
  /^dist\/main\.js$/,
  /^dist\/[a-z-]+-[0-9A-Z]{8}\.js$/,
  /^dist\/THIRD-PARTY\.txt$/,
];

/** Packs as npm would, and lets publint judge the package itself instead of the folder that it is made from. */
function checkPackage(/** @type {string} */ folder) {
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ filename, files }] = JSON.parse(output);
  /** @type {readonly string[]} */
  const paths = files.map((/** @type {{ path: string }} */ file) => file.path);
  const extra = paths.filter(path => !PACKED.some(pattern => pattern.test(path)));
  const missing = PACKED.filter(pattern => !paths.some(path => pattern.test(path)));
  for (const path of extra) console.error(`${path} would be published, and nobody has said that it should`);
  for (const pattern of missing) console.error(`nothing that matches ${pattern} would be published`);
  execFileSync('publint', ['--strict', join(folder, filename)], { cwd: ROOT, stdio: 'inherit' });
  return extra.length + missing.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-pack-'));
try {
  if (!checkPackage(folder)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
