import { spawnSync } from 'node:child_process';
import type { Stats } from 'node:fs';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/** A process of this machine, as the system describes it. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** When it started, in words of the system: with the pid, it names a process for ever (until the next boot). */
  readonly startTime: string;
  /** Its command line; programs such as nginx write what they do there. */
  readonly title: string;
}

const HAS_PROC = existsSync('/proc/self/stat');

/** Undefined when there is no such process, or it has ended and only waits for its parent to notice. */
export function processAt(pid: number): RunningProcess | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return HAS_PROC ? readProc(pid) : listWithPs(['-p', String(pid)])[0];
}

export function allProcesses(): readonly RunningProcess[] {
  if (!HAS_PROC) return listWithPs(['-ax']);
  return readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? (readProc(Number(name)) ?? []) : []));
}

export function childrenOf(parent: number): readonly RunningProcess[] {
  if (!HAS_PROC) return listWithPs(['-ax']).filter(child => child.parent === parent);
  const listed = readText(`/proc/${parent}/task/${parent}/children`);
  const pids =
    listed === undefined
      ? readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? Number(name) : []))
      : listed.split(' ').flatMap(word => (word === '' ? [] : Number(word)));
  return pids.flatMap(pid => {
    const child = readStat(pid)?.parent === parent ? readProc(pid) : undefined;
    return child ?? [];
  });
}

/** What the open files of a process are; undefined when that is not for us to know. */
export function openFilesOf(pid: number): readonly string[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(name => openFileAt(pid, Number(name)) ?? []);
  } catch {
    return undefined; // no /proc, gone, or somebody else's
  }
}

/** Whose a process is, by number; undefined when that is not for us to know. */
export function userOf(pid: number): number | undefined {
  return HAS_PROC ? statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid : undefined;
}

/**
 * All users that a process acts for: real, effective, saved. They differ where somebody has started a program that is
 * allowed to be somebody else, under any title he likes. Undefined when that is not for us to know.
 */
export function usersOf(pid: number): readonly number[] | undefined {
  const text = HAS_PROC
    ? /^Uid:(.*)$/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1]
    : spawnSync('ps', ['-p', String(pid), '-o', 'uid=,ruid='], { encoding: 'utf8' }).stdout;
  const users =
    text
      ?.trim()
      .split(/\s+/)
      .filter(word => word !== '')
      .map(Number) ?? [];
  return users.length === 0 ? undefined : users;
}

/** A file that a process has open for writing; `path` is what the system says it is called. */
export interface WrittenFile {
  readonly path: string;
  /** What it is in truth: a process can see files under names that they do not have for others. */
  readonly stats: Stats;
}

/** Empty also when that is not for us to know. */
export function writtenFilesOf(pid: number, isWanted: (path: string) => boolean): readonly WrittenFile[] {
  const numbers = namesIn(`/proc/${pid}/fd`).map(Number);
  return numbers.flatMap(number => {
    const path = openFileAt(pid, number);
    if (path === undefined || !isWanted(path) || !isOpenForWriting(pid, number)) return [];
    const stats = statOf(`/proc/${pid}/fd/${number}`);
    return stats === undefined ? [] : [{ path, stats }];
  });
}

/** Source: proc(5), fdinfo: the flags of open(2), octal, with the access mode in the last two bits. */
function isOpenForWriting(pid: number, number: number): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(readText(`/proc/${pid}/fdinfo/${number}`) ?? '')?.[1];
  return flags !== undefined && (Number.parseInt(flags, 8) & 0o3) !== 0;
}

/** What is in a folder; nothing when that is not for us to know. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no such folder, gone, or somebody else's
  }
}

/** Undefined also when that is not for us to know. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // somebody else's
  }
}

/** What an open file is; undefined when it is closed, or that is not for us to know. */
export function openFileAt(pid: number, number: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${number}`);
  } catch {
    return undefined;
  }
}

/** Whether a process runs the program that lies there now, and not an older one; false also when that is not for us to know. */
export function isProgramOf(pid: number, path: string): boolean {
  const [running, present] = [statOf(`/proc/${pid}/exe`), statOf(path)];
  return running !== undefined && present !== undefined && running.dev === present.dev && running.ino === present.ino;
}

/** Tells boots apart, after which the same pid and start time can come again. Empty where nothing says it. */
export function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function readProc(pid: number): RunningProcess | undefined {
  const stat = readStat(pid);
  const title = stat === undefined ? undefined : readText(`/proc/${pid}/cmdline`);
  if (stat === undefined || title === undefined) return undefined;
  return { pid, ...stat, title: title.replaceAll('\0', ' ').trim() };
}

/** Source: proc(5); the name in parentheses may hold anything, blanks and parentheses too. */
function readStat(pid: number): { readonly parent: number; readonly startTime: string } | undefined {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const [state, parent, ...more] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || 'ZX'.includes(state)) return undefined;
  return { parent: Number(parent), startTime: more[17] ?? '' };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process is gone, or the kernel does not tell
  }
}

function listWithPs(which: readonly string[]): readonly RunningProcess[] {
  const words = [...which, '-o', 'pid=,ppid=,state=,lstart=,command='];
  return parsePs(spawnSync('ps', words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout);
}

/** Reads what ps prints where there is no /proc. `lstart` is five words: Wed Nov 25 13:46:08 2026. */
export function parsePs(text: string): readonly RunningProcess[] {
  return text.split('\n').flatMap(line => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/.exec(line);
    const [, pid, parent, state = '', startTime = '', title = ''] = found ?? [];
    if (pid === undefined || state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), startTime, title: title.trim() }];
  });
}
