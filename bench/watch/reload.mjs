// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HOST, PROBE } from './cluster.mjs';
import { untilServed } from './requests.mjs';

/** @typedef {{ readonly httpPort: number, readonly httpsPort: number }} Ports */

/**
 * An nginx of its own on a copy of what is served, which is changed and reloaded by nothing but a SIGHUP: what the change
 * of a running nginx costs at least.
 * @param {string} release
 * @param {string} folder
 * @param {{ readonly from: Ports, readonly to: Ports, readonly nginx: string }} options
 */
export async function startReloadOnly(release, folder, { from, to, nginx }) {
  cpSync(release, folder, { recursive: true, dereference: true });
  for (const name of ['logs', 'run']) mkdirSync(join(folder, name), { recursive: true });
  const conf = join(folder, 'nginx.conf');
  let text = readFileSync(conf, 'utf8')
    .replaceAll(`listen ${from.httpPort}`, `listen ${to.httpPort}`)
    .replaceAll(`listen ${from.httpsPort}`, `listen ${to.httpsPort}`);
  let path = `${PROBE}0`;
  writeFileSync(conf, text);
  const words = ['-p', folder, '-c', 'nginx.conf', '-e', 'logs/error.log'];
  const master = spawn(nginx, [...words, '-g', 'daemon off;'], { stdio: 'ignore' });
  await untilServed(to.httpPort, HOST, path);

  /** Moves the probe to another path; gives the time from the signal to the first answer, in ms. */
  const reload = async (/** @type {string} */ next) => {
    text = text.replaceAll(path, next);
    path = next;
    writeFileSync(conf, text);
    const start = performance.now();
    master.kill('SIGHUP');
    return (await untilServed(to.httpPort, HOST, path)) - start;
  };
  const stop = () => {
    spawnSync(nginx, [...words, '-s', 'stop'], { stdio: 'ignore' });
    master.kill('SIGKILL');
  };
  return { reload, stop };
}
