import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** A place in a log that is still being written. */
export interface LogMark {
  readonly path: string;
  /** Undefined when there was no file. */
  readonly inode: number | undefined;
  readonly offset: number;
}

/** More than this is never read at once; a log that grows faster has lost what we look for. */
const LONGEST_BYTES = 4 * 1024 * 1024;

/** The end of a log as it is now. */
export function markLog(path: string): LogMark {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { path, inode: stats?.ino, offset: stats?.size ?? 0 };
}

/** The whole lines that came after a mark; from the top when the log was truncated, or is another file by now. */
export function linesSince({ path, inode, offset }: LogMark): readonly string[] {
  const text = readFrom(path, stats => (stats.ino === inode && stats.size >= offset ? offset : 0));
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}

function readFrom(path: string, start: (stats: { readonly ino: number; readonly size: number }) => number): string {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch {
    return ''; // no log, nothing said
  }
  try {
    const stats = fstatSync(handle);
    const from = start(stats);
    const bytes = Buffer.alloc(Math.min(stats.size - from, LONGEST_BYTES));
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, bytes.length, from));
  } finally {
    closeSync(handle);
  }
}

const FATAL = /\[(?:emerg|alert)\] (\d+)#/;
/** nginx tries several times before it gives up, and says so each time. */
const TRIES_AGAIN = /\[emerg\] \d+#\d+: bind\(\) to \S+ failed \((?:48|98):/;
/**
 * The configuration is none the worse for a worker that somebody killed, nor for an old pid file that is gone already:
 * nginx removes the old one when a reload names another, even when that reload fails.
 */
const HARMLESS = [
  /\[alert\] \d+#\d+: worker process \d+ exited on signal/,
  /\[alert\] \d+#\d+: kill\(\d+, \d+\) failed \(3:/,
  /\[alert\] \d+#\d+: unlink\(\) "[^"]*" failed \(2:/,
];

/** What a master said that keeps a configuration from being served, each message once. */
export function complaintsOf(master: number, lines: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return lines.filter(line => {
    const pid = FATAL.exec(line)?.[1];
    // Old workers give an alert for each connection that they leave open when their time is over.
    const isOfWorker = Number(pid) !== master && line.includes('[alert]');
    if (pid === undefined || isOfWorker || HARMLESS.some(known => known.test(line))) return false;
    const message = line.slice(line.indexOf('['));
    if (seen.has(message)) return false;
    seen.add(message);
    return true;
  });
}

/** Whether a master has warned of what it read. */
export function hasWarned(master: number, lines: readonly string[]): boolean {
  return lines.some(line => line.includes(`[warn] ${master}#`));
}

/** Whether a complaint is the last word, and nothing is tried any more. */
export function isFinal(complaint: string): boolean {
  return !TRIES_AGAIN.test(complaint);
}
