import { readFileSync, readdirSync } from 'node:fs';

import { until } from '../until.ts';

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

function isAlive({ pid, startedAt }: ProcessId): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat[0] !== 'Z' && stat[19] === startedAt;
}

/** Waits until none of them is left. */
export async function untilGone(processes: readonly ProcessId[]): Promise<void> {
  await until(() => !processes.some(isAlive), {
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
