// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** @typedef {{ readonly pid: number, readonly command: string }} Process */

const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

/** What stands after the name in /proc/PID/stat. */
function statOf(/** @type {number} */ pid) {
  return readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /su, '')
    .split(' ');
}

/** A process and all that it started, and those started. */
export function familyOf(/** @type {number} */ pid) {
  const parents = new Map(
    readdirSync('/proc').flatMap(name => {
      try {
        return /^\d+$/u.test(name) ? [[Number(name), Number(statOf(Number(name))[1])]] : [];
      } catch {
        return []; // it ended meanwhile
      }
    }),
  );
  /** @type {(ancestor: number) => number[]} */
  const below = ancestor => {
    const children = [...parents].filter(([, parent]) => parent === ancestor).map(([child]) => child);
    return children.flatMap(child => [child, ...below(child)]);
  };
  return [pid, ...below(pid)].map(pid => ({
    pid,
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
  }));
}

/** User and system time so far, in seconds. */
export function cpuSeconds(/** @type {Pick<Process, 'pid'>} */ { pid }) {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND;
}

/** Resident set, in MiB. */
export function residentMiB(/** @type {Process} */ { pid }) {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
