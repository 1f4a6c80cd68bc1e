import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect } from 'vitest';

import type { KubeObject } from '../api-server/types.ts';
import { runBin } from '../bin.ts';
import { startWatching } from '../watching.ts';
import type { Watching } from '../watching.ts';
import type { Change } from './changes.ts';
import { changesOf } from './changes.ts';
import { rollDice } from './dice.ts';
import { differences, readFolder } from './folder.ts';
import { CONTROLLER_CONFIG, firstObjects } from './objects.ts';
import type { Recipe } from './objects.ts';
import { until } from '../until.ts';

/** A cluster that changes, and on which things go wrong. */
export interface SoakServer {
  readonly kubeconfig: string;
  readonly change: (change: Change) => Promise<void>;
  /** Whether all watches of both programs are open, as far as the server knows. */
  readonly isWatched: () => boolean;
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly name: string;
  /** Whether to wait until the programs say something about it; else `isWatched` knows at once. */
  readonly isLogged: boolean;
  /** Lets it go wrong, and ends when the server is well again. */
  readonly happen: (scene: Scene) => Promise<unknown>;
}

/** What a fault may use. */
export interface Scene {
  /** `render --watch` and `apply --watch`. */
  readonly programs: readonly Watching[];
  /** Makes so many changes. */
  readonly change: (count: number) => Promise<void>;
}

export interface SoakPlace {
  /** An empty folder. */
  readonly folder: string;
  readonly httpPort: number;
  readonly httpsPort: number;
}

const INGRESSES = 1_000;
const CHANGES = 200;
const FAULTS = 20;
/** Made after the last fault, when nothing is listed again: they arrive as events or not at all. */
const LAST_CHANGES = 20;
/** Ingress, IngressClass, Service, EndpointSlice, Secret, ConfigMap. */
export const TYPES = 6;
/** When a retry is asked for that its pause would put off. */
const HINT_AFTER_MS = 1_200;

/** The programs of a soak, and where they write. */
export interface Soak {
  readonly render: Watching;
  readonly apply: Watching;
  /** Folders that are written to: of render, of apply. */
  readonly folders: readonly [string, string];
  /** Everything that must not differ between the programs. */
  readonly flags: readonly string[];
}

/** What the cluster is before anything changes, and the dice for what comes. */
export interface SoakStart {
  readonly seed: number;
  readonly recipe: Recipe;
  readonly objects: readonly KubeObject[];
}

/** By the seed of `SOAK_SEED`, or any, which is printed. */
export function rollSoak(sliceVersion: string): SoakStart {
  const given = Number(process.env['SOAK_SEED'] ?? Number.NaN);
  const seed = Number.isNaN(given) ? Math.floor(Math.random() * 2 ** 31) : given;
  console.log(`SOAK_SEED=${seed} makes the same changes again`);
  const recipe = { dice: rollDice(seed), sliceVersion };
  return { seed, recipe, objects: firstObjects(recipe, INGRESSES) };
}

export function startSoak({ kubeconfig }: { readonly kubeconfig: string }, place: SoakPlace): Soak {
  const { folder, httpPort, httpsPort } = place;
  const ports = ['--http-port', String(httpPort), '--https-port', String(httpsPort)];
  const flags = [...ports, '--controller-config', CONTROLLER_CONFIG, '--on-error', 'isolate', '--allow-empty'];
  const watch = [...flags, '--verbose', '--sync-rate', '3', '--kubeconfig', kubeconfig];
  const [out, state] = [join(folder, 'out'), join(folder, 'state')];
  const env = { HOME: folder };
  return {
    render: startWatching(['render', ...watch, '-o', out], { env }),
    apply: startWatching(['apply', ...watch, '--state-dir', state, '--keep-releases', '2'], { env }),
    folders: [out, join(state, 'current')],
    flags,
  };
}

/** 200 changes and at least 20 faults: in the end, everything is as if it had been rendered now. */
export async function soak(server: SoakServer, { render, apply, folders, flags }: Soak, options: SoakOptions) {
  const { start, folder } = options;
  const { seed, recipe, objects } = start;
  const programs = [render, apply];
  await until(() => folders.every(folder => existsSync(join(folder, 'nginx.conf'))), {
    problem: () => `nothing was written: ${tailOf(programs)}`,
  });

  const changes = changesOf(recipe, objects);
  let made = 0;
  const change = async (count: number) => {
    for (let left = count; left > 0 && made < CHANGES; left -= 1) {
      made += 1;
      await server.change(changes.next());
    }
  };
  expect(server.faults.length).toBeGreaterThanOrEqual(FAULTS);
  for (const [index, fault] of server.faults.entries()) {
    const said = programs.map(inputEvents);
    await fault.happen({ programs, change });
    await change(Math.ceil(((CHANGES - LAST_CHANGES) * (index + 1)) / server.faults.length) - made);
    await until(() => !fault.isLogged || programs.every((program, i) => inputEvents(program) > (said[i] ?? 0)), {
      problem: () => `nobody noticed that ${fault.name}: ${tailOf(programs)}`,
    });
    await recover(server, programs, fault);
  }
  await change(LAST_CHANGES);
  expect(made).toBe(CHANGES);
  const fresh = await renderFresh(server.kubeconfig, flags, folder);
  for (const [index, written] of folders.entries()) {
    const difference = () => differences(readFolder(written), fresh);
    await until(() => difference().length === 0, {
      problem: () => [`seed ${seed}`, ...difference(), tailOf([programs[index] ?? render])].join('\n'),
    });
  }
  return { made: changes.made(), files: fresh.size };
}

/**
 * Waits until everything is watched again. So many faults within a minute make the pauses between retries long; who
 * does not want to wait sends SIGHUP.
 */
async function recover(server: SoakServer, programs: readonly Watching[], fault: Fault): Promise<void> {
  let nextHint = Date.now() + HINT_AFTER_MS;
  const isWatched = () => {
    if (server.isWatched() && programs.every(isWatching)) return true;
    if (Date.now() > nextHint) {
      for (const program of programs) program.signal('SIGHUP');
      nextHint = Date.now() + HINT_AFTER_MS;
    }
    return false;
  };
  await until(isWatched, {
    problem: () => `not all is watched after ${fault.name}: ${tailOf(programs)}`,
  });
}

export interface SoakOptions {
  readonly start: SoakStart;
  /** Empty, or that of the soak. */
  readonly folder: string;
}

/** What `kubectl get` and `render` make of the cluster now. */
async function renderFresh(kubeconfig: string, flags: readonly string[], folder: string) {
  const types = 'ingresses.networking.k8s.io,ingressclasses,services,endpointslices,secrets,configmaps';
  const cache = ['--cache-dir', join(folder, 'kubectl-cache')];
  const words = ['--kubeconfig', kubeconfig, ...cache, 'get', types, '-A', '-o', 'yaml'];
  // Not the synchronous kind: the scripted server is in this process.
  const { stdout } = await promisify(execFile)('kubectl', words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const out = join(folder, 'fresh');
  const run = await runBin(['render', ...flags, '--quiet', '-o', out, '-'], stdout);
  const files = readFolder(out);
  if (files.size === 0) throw new Error(`the fresh render wrote nothing: ${run.stderr}`);
  return files;
}

/** Whether it says of every type that it follows it. */
function isWatching(program: Watching): boolean {
  const states = statesOf(program);
  return states.size === TYPES && [...states.values()].every(state => state === 'watching');
}

/** How often it said what became of a type. */
function inputEvents(program: Watching): number {
  return program.log().filter(line => line.event === 'input').length;
}

/** What it said last of each type. */
function statesOf(program: Watching): ReadonlyMap<unknown, unknown> {
  return new Map(program.log().flatMap(line => (line.event === 'input' ? [[line['type'], line['state']]] : [])));
}

function tailOf(programs: readonly Watching[]): string {
  return programs.map(program => program.text().slice(-2_000)).join('\n---\n');
}
