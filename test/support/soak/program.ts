import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { until } from './until.ts';

const BIN = fileURLToPath(new URL('../../../bin/ingress2nginx.js', import.meta.url));

/** A line of `--log-format json`. */
export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** The built program while it runs. */
export interface RunningProgram {
  readonly pid: number;
  /** What it said so far. A line that is no JSON is the event `raw`. */
  readonly log: () => readonly LogLine[];
  /** The whole of it, for messages. */
  readonly text: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly isRunning: () => boolean;
}

/** Starts the program with `--log-format json` and all of its log. */
export function startProgram(words: readonly string[], environment: Readonly<Record<string, string>>): RunningProgram {
  const all = [...words, '--log-format', 'json', '--verbose'];
  const env = { ...process.env, ...environment, NO_COLOR: '1' };
  const child = spawn(process.execPath, [BIN, ...all], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: LogLine[] = [];
  let said = '';
  let rest = '';
  let isRunning = true;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    const complete = (rest + chunk).split('\n');
    rest = complete.pop() ?? '';
    lines.push(...complete.map(lineOf));
  });
  const ended = new Promise<number | NodeJS.Signals>(resolve => {
    child.once('exit', (code, signal) => {
      isRunning = false;
      resolve(code ?? signal ?? 0);
    });
  });
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  return { pid: child.pid ?? 0, log: () => lines, text: () => said, signal, ended, isRunning: () => isRunning };
}

function lineOf(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { event: 'raw', message: text };
  }
}

/** A process, as long as it is the same one. */
export interface ProcessId {
  readonly pid: number;
  readonly startedAt: string;
  readonly command: string;
}

/** Children, children of children …, as they are now. */
export function descendantsOf(pid: number): readonly ProcessId[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter(name => /^\d+$/u.test(name))) {
    const parent = statOf(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const below = (ancestor: number): readonly number[] => {
    const children = [...parents].filter(([, parent]) => parent === ancestor).map(([child]) => child);
    return [...children, ...children.flatMap(below)];
  };
  return below(pid).flatMap(child => {
    const stat = statOf(child);
    return stat === undefined ? [] : [{ pid: child, startedAt: stat[19] ?? '', command: commandOf(child) }];
  });
}

export function isAlive({ pid, startedAt }: ProcessId): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat[0] !== 'Z' && stat[19] === startedAt;
}

/** Waits until none of them is left. */
export async function untilGone(processes: readonly ProcessId[], timeoutMs = 10_000): Promise<void> {
  await until(() => !processes.some(isAlive), {
    timeoutMs,
    problem: () => `still there: ${JSON.stringify(processes.filter(isAlive))}`,
  });
}

/** What stands after the name in /proc/PID/stat; undefined when there is no such process. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /su, '')
      .split(' ');
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
