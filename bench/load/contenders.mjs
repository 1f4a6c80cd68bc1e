// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { handWritten } from './hand-written.mjs';
import { WORKER_PATH } from './nginx.mjs';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

/** @typedef {{ readonly name: string, readonly folder: string, readonly port: number }} Contender */

/** Runs the program; gives what it prints. */
function program(/** @type {readonly string[]} */ words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr.slice(0, 2000));
  return stdout;
}

/**
 * The folder of a contender, with ports of its own. Backends are on this machine, where nobody answers.
 * @returns {Contender}
 */
export function makeContender(
  /** @type {string} */ folder,
  /** @type {string} */ manifests,
  /** @type {{ name: string, port: number, rewrite?: (conf: string, routing: any) => string }} */ {
    name,
    port,
    rewrite,
  },
) {
  const flags = ['--quiet', manifests, '--http-port', String(port), '--https-port', String(port + 1)];
  program(['render', ...flags, '-o', folder]);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const path = join(folder, 'nginx.conf');
  const ours = readFileSync(path, 'utf8');
  const conf =
    rewrite === undefined ? ours : rewrite(ours, JSON.parse(program(['render', ...flags, '--print', 'routing'])));
  const local = conf.replaceAll(/\bserver 10\./gu, 'server 127.');
  writeFileSync(
    path,
    local.replace('location = /healthz', `location = ${WORKER_PATH} { return 200 $pid; }\n location = /healthz`),
  );
  return { name, folder, port };
}

/**
 * Our nginx.conf of some manifests, and those by hand, each in a folder of its own; ours is the first.
 * @returns {readonly Contender[]}
 */
export function contendersOf(/** @type {string} */ folder, /** @type {string} */ manifests) {
  const make = (/** @type {Parameters<typeof makeContender>[2]} */ options) =>
    makeContender(join(folder, String(options.port)), manifests, options);
  return [
    make({ name: 'ours', port: 27_080 }),
    make({
      name: 'by hand',
      port: 27_180,
      rewrite: (conf, routing) => handWritten(conf, routing, 'in each server'),
    }),
    make({
      name: 'by hand, redirects in one server',
      port: 27_280,
      rewrite: (conf, routing) => handWritten(conf, routing, 'in one server'),
    }),
  ];
}
