import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openApplier } from '../../src/live/apply/applier.ts';
import type { ApplierOptions } from '../../src/live/apply/applier.ts';
import type { Applier, ApplyOutcome } from '../../src/live/apply/model.ts';
import { allProcesses, openFilesOf } from '../../src/live/apply/processes.ts';
import { readStatus } from '../../src/live/apply/status.ts';

import { PATIENCE_MS, until } from './until.ts';
import { candidateOf } from './candidates.ts';
import type { Wish } from './candidates.ts';
import { freePorts } from './nginx.ts';

export const NEVER = new AbortController().signal;

/** A state folder that does not exist yet, in a temporary folder that others can get through. */
export interface TestState {
  readonly parent: string;
  readonly folder: string;
  /** Opens, lets work be done, and gives the lock back. Throws when the folder cannot be opened. */
  readonly work: <T>(does: (applier: Applier) => Promise<T>, options?: Partial<ApplierOptions>) => Promise<T>;
  readonly apply: (wish: Wish, options?: Partial<ApplierOptions>) => Promise<ApplyOutcome>;
  /** Ends all processes of the folder at once, as when the power fails; what they wrote stays. */
  readonly loseProcesses: () => Promise<void>;
  /** Ends whatever runs for the folder, and removes it. */
  readonly end: () => Promise<void>;
}

export function testState(): TestState {
  const parent = mkdtempSync(join(tmpdir(), 'ingress2nginx-apply-'));
  chmodSync(parent, 0o755);
  const folder = join(parent, 'state');
  const work: TestState['work'] = async (does, options) => {
    const opening = await openApplier({ ...usualOptions(folder), ...options });
    if (opening.kind !== 'open') throw new Error(`not opened: ${JSON.stringify(opening)}`);
    try {
      return await does(opening.applier);
    } finally {
      opening.applier.close();
    }
  };
  return {
    parent,
    folder,
    work,
    apply: (wish, options) => work(applier => applier.apply(candidateOf(wish), NEVER), options),
    loseProcesses: () => until(() => killAllOf(parent) === 0),
    async end() {
      await until(() => killAllOf(parent) === 0);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** For tests that run at the same time: each with a folder and a port of its own. */
export async function withState(work: (state: TestState, port: number) => Promise<void>): Promise<void> {
  const state = testState();
  const [port = 0] = await freePorts(1);
  try {
    await work(state, port);
  } finally {
    await state.end();
  }
}

export function usualOptions(folder: string): ApplierOptions {
  return {
    folder,
    kind: 'own',
    nginx: process.env['TEST_NGINX'],
    timeoutMs: PATIENCE_MS,
    keepReleases: 5,
    purpose: 'apply',
    signal: NEVER,
    now: Date.now,
  };
}

export async function statusOf(folder: string) {
  const status = await readStatus(folder);
  if (status === undefined) throw new Error(`nothing was applied in ${folder}`);
  return status;
}

/** What a server answers to a plain request on a new connection; undefined when nobody does. */
export async function answerOn(port: number): Promise<string | undefined> {
  // Bytes, since some tests ask hundreds of times, and a whole client takes ten times as long.
  let answer = '';
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('data', chunk => void (answer += String(chunk)));
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n');
  await new Promise(done => void socket.once('close', done));
  const end = answer.indexOf('\r\n\r\n');
  return end === -1 ? undefined : answer.slice(end + 4);
}

/** Names in a folder that only an unfinished run leaves, at any depth. */
export function leftoversIn(folder: string): readonly string[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return names.filter(name => /(?:^|\/)\.(?:new|lock)-/.test(name));
}

/** How many there were: a master that is about to end may have made one more worker. */
function killAllOf(parent: string): number {
  const found = processesOf(parent);
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }
  return found.length;
}

/** nginx and its workers, which have no name of their own, by what they have open. */
function processesOf(parent: string) {
  return allProcesses().filter(({ pid, title }) => title.startsWith('nginx: ') && hasOpen(pid, parent));
}

function hasOpen(pid: number, parent: string): boolean {
  return (openFilesOf(pid) ?? []).some(path => path.startsWith(`${parent}/`));
}
