// @ts-check
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeCorpus } from '../corpus.mjs';
import { SHAPES } from '../growth/shapes.mjs';
import { head, ms, row } from '../tables.mjs';
import { makeContender } from './contenders.mjs';
import { testCost } from './nginx.mjs';

/** @typedef {(folder: string, n: number) => string} Writing writes manifests, and gives their path */

/** @returns {Writing} */
const shape = (/** @type {string} */ name) => (folder, n) => {
  const path = join(folder, 'all.json');
  writeFileSync(path, SHAPES.get(`${name}, JSON`)?.(n) ?? '');
  return path;
};

/**
 * Where nginx looks through lists: upstreams for each `proxy_pass`, servers for each `listen`, names, variables and maps.
 * Each with its smaller size.
 * @type {Readonly<Record<string, { n: number, write: Writing }>>}
 */
const GROWING = {
  'hosts without TLS, as above': {
    n: 2_500,
    write: (folder, n) => writeCorpus(folder, n, { plain: 'without TLS' }).yaml,
  },
  'Services of a host': { n: 1_000, write: shape('Services of a host') },
  'a Service that hashes for each host': { n: 1_000, write: shape('a Service that hashes for each host') },
  'a canary for each Service': { n: 500, write: shape('a canary for each Service') },
  'an origin for each host': { n: 500, write: shape('an origin for each host') },
  'an alias for each host': { n: 1_000, write: shape('an alias for each host') },
  'wildcard hosts': { n: 1_000, write: shape('wildcard hosts') },
};

/** The least of some rounds, and the bytes of the file. */
function costOf(
  /** @type {string} */ folder,
  /** @type {Writing} */ write,
  /** @type {{ n: number, rounds: number }} */ given,
) {
  mkdirSync(folder);
  const contender = makeContender(join(folder, 'out'), write(folder, given.n), { name: 'ours', port: 27_080 });
  const costs = Array.from({ length: given.rounds }, () => testCost(contender.folder).cpuMs);
  rmSync(folder, { recursive: true });
  return Math.min(...costs);
}

/**
 * What `nginx -t` takes for four times the input. Of a time that grows as `start + a n + b n²`, the sizes give the part
 * that comes of the square.
 */
export function printGrowth(
  /** @type {string} */ folder,
  /** @type {{ rounds: number, share: number }} */ { rounds, share },
) {
  head(['CPU of `nginx -t`', 'sizes', 'smaller', 'larger', 'growth', 'of it quadratic']);
  for (const [name, { n: whole, write }] of Object.entries(GROWING)) {
    const n = Math.round(whole * share);
    const start = costOf(join(folder, 'start'), write, { n: 1, rounds });
    const few = costOf(join(folder, 'few'), write, { n, rounds });
    const more = costOf(join(folder, 'more'), write, { n: 4 * n, rounds });
    const quadratic = Math.max(0, (4 / 3) * (more - start - 4 * (few - start)));
    row([
      name,
      `${n}, ${4 * n}`,
      ms(few),
      ms(more),
      `${(more / few).toFixed(1)}x`,
      `${((100 * quadratic) / more).toFixed(0)} %`,
    ]);
  }
}
