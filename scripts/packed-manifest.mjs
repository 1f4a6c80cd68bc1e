// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MANIFEST = join(ROOT, 'package.json');
/** Also what a pack that was killed leaves: the next one takes it back first. */
const KEPT = join(ROOT, '.cache', 'package.json');

/** Of no use to whoever installs: the bundle needs none of them. */
const FOR_A_CLONE = ['scripts', 'devDependencies'];

/** Makes package.json the one that is packed; `npm pack` runs this before it reads the files. */
function strip() {
  restore();
  const text = readFileSync(MANIFEST, 'utf8');
  const kept = Object.entries(JSON.parse(text)).filter(([key]) => !FOR_A_CLONE.includes(key));
  mkdirSync(dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, text);
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`);
}

function restore() {
  if (!existsSync(KEPT)) return;
  writeFileSync(MANIFEST, readFileSync(KEPT));
  rmSync(KEPT);
}

if (process.argv[2] === 'strip') strip();
else restore();
