// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { packCopy } from './pack-copy.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All that is published. What is not matched here, and what is missing, fails the check. */
const PACKED = [
  /^LICENSE$/,
  /^README\.md$/,
  /^package\.json$/,
  /^bin\/ingress2nginx\.js$/,
  /^bin\/package\.json$/,
  /^dist\/main\.js$/,
  /^dist\/launch\.cjs$/,
  /^dist\/often\.cjs$/,
  /^dist\/help\.cjs$/,
  /^dist\/validators\.cjs$/,
  /^dist\/[a-z-]+-[0-9A-Z]{8}\.js$/,
  /^dist\/THIRD-PARTY\.txt$/,
  /^docs\/(?:README|[a-z-]+)\.md$/,
  /^docs\/rules\/[a-z0-9-]+\.md$/,
  /^docs\/schemas\/[a-z-]+\.json$/,
  /^docs\/targets\/[a-z0-9-]+\.md$/,
];

/** Packs as npm would, and lets publint judge the package itself instead of the folder that it is made from. */
function checkPackage(/** @type {string} */ folder) {
  const { path, files } = packCopy(folder);
  const extra = files.filter(file => !PACKED.some(pattern => pattern.test(file)));
  const missing = PACKED.filter(pattern => !files.some(file => pattern.test(file)));
  for (const file of extra) console.error(`${file} would be published, and nobody has said that it should`);
  for (const pattern of missing) console.error(`nothing that matches ${pattern} would be published`);
  execFileSync('publint', ['--strict', path], { cwd: ROOT, stdio: 'inherit' });
  return extra.length + missing.length === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-pack-'));
try {
  if (!checkPackage(folder)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
