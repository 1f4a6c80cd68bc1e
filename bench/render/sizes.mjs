// @ts-check
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import { head, kilobytes, row } from '../tables.mjs';
import { memoryFor } from '../targets.mjs';

/** @typedef {ReturnType<typeof import('../corpus.mjs').writeCorpus>} Corpus */
/** @typedef {{ readonly title: string, readonly sizes: ReturnType<typeof sizesOf> }} Measured */

/** Name, file and time of last change of each file below a folder. */
function fileTimes(/** @type {string} */ folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(
    entries.map(entry => {
      const path = join(entry.parentPath, entry.name);
      const { mtimeNs, ino } = statSync(path, { bigint: true });
      return [relative(folder, path), `${mtimeNs} ${ino}`];
    }),
  );
}

/** How many files another render of the same touches, of how many. */
function touched(/** @type {readonly string[]} */ words, /** @type {string} */ out) {
  const earlier = fileTimes(out);
  spawnSync(process.execPath, words);
  const later = fileTimes(out);
  const gone = [...earlier.keys()].filter(name => !later.has(name)).length;
  const written = [...later].filter(([name, time]) => earlier.get(name) !== time).length;
  return `${written + gone} of ${later.size}`;
}

/**
 * How large the input and the text are, and what they are made of.
 * @returns {Readonly<Record<string, string | number>>}
 */
export function sizesOf(
  /** @type {Corpus} */ corpus,
  /** @type {string} */ out,
  /** @type {readonly string[]} */ render,
) {
  const text = readFileSync(join(out, 'nginx.conf'), 'utf8');
  const count = (/** @type {RegExp} */ pattern) => text.match(pattern)?.length ?? 0;
  const locations = count(/\blocation [=~^/].*\{/gu);
  const [servers, upstreams] = [count(/^\s*server \{$/gmu), count(/^\s*upstream \S+ \{/gmu)];
  const [yaml, json, conf] = [statSync(corpus.yaml).size, statSync(corpus.json).size, Buffer.byteLength(text)];
  return {
    objects: corpus.objects,
    'memory that may be taken': `${memoryFor(corpus.objects).toFixed(0)} MiB`,
    'YAML, JSON': `${kilobytes(yaml)}, ${kilobytes(json)}`,
    'bytes of YAML an object': (yaml / corpus.objects).toFixed(0),
    'routes, locations': `${corpus.routes}, ${locations}`,
    'servers, upstreams': `${servers}, ${upstreams}`,
    '`nginx.conf`': kilobytes(conf),
    'bytes a location': (conf / locations).toFixed(0),
    'bytes a route': (conf / corpus.routes).toFixed(0),
    'files written when nothing changed': touched(render, out),
  };
}

export function printSizes(/** @type {readonly Measured[]} */ measured) {
  head(['', ...measured.map(({ title }) => title)]);
  const names = Object.keys(measured[0]?.sizes ?? {});
  for (const name of names) row([name, ...measured.map(({ sizes }) => sizes[name] ?? '')]);
}
