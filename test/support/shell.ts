import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

/**
 * Runs a line of bash, in which `i2n` is the built program and `$1` … are the words given: for what only a shell
 * does to a program (pipes that close, no stdin, signals).
 */
export function runShell(line: string, ...words: readonly string[]) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const script = `i2n() { ${JSON.stringify(process.execPath)} ${JSON.stringify(BIN)} "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
