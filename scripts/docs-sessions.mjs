// @ts-check
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs the built command. */
function session(/** @type {readonly string[]} */ ...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/ingress2nginx.js', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`ingress2nginx ${words.join(' ')} ended with ${status}: ${stderr}`);
  return { stdout: stdout.trimEnd(), stderr: stderr.trimEnd() };
}

/** What it prints to stdout; its notes are left out. */
function output(/** @type {readonly string[]} */ ...words) {
  return session(...words).stdout;
}

/** A file with a mistake, and what is said about it, without the last line, which holds a time. */
export function findingPart(/** @type {string} */ file) {
  const said = session('render', file).stderr.split('\n').slice(0, -1).join('\n').trimEnd();
  return `\`\`\`console\n$ ingress2nginx render ${file} > nginx.conf\n${said}\n\`\`\``;
}

/** A command with what it prints to stdout. */
export function sessionPart(/** @type {readonly string[]} */ ...words) {
  return `\`\`\`console\n$ ingress2nginx ${words.join(' ')}\n${output(...words)}\n\`\`\``;
}

/** One manifest, and what it adds to nginx.conf. */
export async function examplePart() {
  const file = 'fixtures/readme/ingress.yaml';
  const manifest = (await readFile(join(ROOT, file), 'utf8')).trimEnd();
  const conf = output('render', file);
  return `\`\`\`yaml\n${manifest}\n\`\`\`\n\nbecomes\n\n\`\`\`nginx\n${ownBlocks(conf)}\n\`\`\``;
}

/** The blocks of nginx.conf that the manifest made, without what every output has and without the indent of http. */
function ownBlocks(/** @type {string} */ conf) {
  const lines = conf.split('\n');
  const start = lines.findIndex(line => line.startsWith('  # Ingress '));
  const end = lines.lastIndexOf('}');
  if (start < 0 || end < start) throw new Error('nginx.conf has no block that an Ingress made');
  return lines
    .slice(start, end)
    .map(line => line.replace(/^ {2}/, ''))
    .join('\n');
}
