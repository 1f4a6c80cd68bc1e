// @ts-check
// What a change costs while watching: `node bench/again.mjs [ROUNDS]` compiles and renders in one process, from scratch
// and with what the run before has left, and prints CPU time.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { importBundled } from '../scripts/import-bundled.mjs';
import { writeCorpus } from './corpus.mjs';

/** @typedef {typeof import('./stages.mjs')} Stages */
/** @typedef {{ kind: string, metadata: { namespace?: string, name: string, annotations?: object }, endpoints?: object[] }} Item */

const SIZES = [1_000, 5_000, 10_000];
const ROUNDS = Number(process.argv[2] ?? 15);

async function loadStages() {
  /** @type {Stages} */
  const stages = await importBundled(fileURLToPath(new URL('stages.mjs', import.meta.url)));
  return stages;
}

/** Milliseconds of user and system time. */
function cpuMsOf(/** @type {() => void} */ work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const shown = (/** @type {number[]} */ values) => `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)})`;

/** Another state of an object: `round` makes it differ from all others. */
function changed(/** @type {Item} */ item, /** @type {number} */ round) {
  const copy = structuredClone(item);
  if (copy.kind === 'Ingress') {
    const value = round % 2 === 0 ? 'false' : 'true';
    copy.metadata.annotations = { 'nginx.ingress.kubernetes.io/ssl-redirect': value };
  } else {
    copy.endpoints = [{ addresses: [`10.9.${round}.1`], conditions: { ready: true } }];
  }
  return copy;
}

/** The units of a cluster, as if every object came by itself. */
function clusterOf(/** @type {Stages} */ { readUnit }, /** @type {string} */ folder, /** @type {number} */ ingresses) {
  mkdirSync(folder, { recursive: true });
  /** @type {Item[]} */
  const items = JSON.parse(readFileSync(writeCorpus(folder, ingresses).json, 'utf8')).items;
  const read = (/** @type {Item} */ item) =>
    readUnit({ name: `${item.kind}/${item.metadata.namespace}/${item.metadata.name}`, text: JSON.stringify(item) });
  const units = items.map(read);
  /** Changes one object of a kind. */
  const change = (/** @type {string} */ kind, /** @type {number} */ round) => {
    const places = [...items.keys()].filter(place => items[place]?.kind === kind);
    const place = places[(round * 7_919) % places.length] ?? 0;
    const item = items[place];
    if (item !== undefined) units[place] = read(changed(item, round));
  };
  return { units, change };
}

const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-again-'));
try {
  const stages = await loadStages();
  console.log('| Ingresses | from scratch | one Ingress changed | one EndpointSlice changed |');
  console.log('| --- | --- | --- | --- |');
  for (const ingresses of SIZES) {
    const { units, change } = clusterOf(stages, join(folder, String(ingresses)), ingresses);
    const memory = stages.createMemory();
    stages.run(units, memory);
    /** @type {{ scratch: number[], Ingress: number[], EndpointSlice: number[] }} */
    const costs = { scratch: [], Ingress: [], EndpointSlice: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const kind of /** @type {const} */ (['Ingress', 'EndpointSlice'])) {
        change(kind, round);
        costs[kind].push(cpuMsOf(() => stages.run(units, memory)));
      }
      if (round % 3 === 0) costs.scratch.push(cpuMsOf(() => stages.run(units, stages.createMemory())));
    }
    console.log(`| ${ingresses} | ${shown(costs.scratch)} | ${shown(costs.Ingress)} | ${shown(costs.EndpointSlice)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
