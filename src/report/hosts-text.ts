import type { HostAnswer, HostLine } from '../answers/hosts.ts';
import { visibleJson } from './plain-text.ts';

/** What was done to a hosts file. */
export interface HostsFileChange {
  readonly path: string;
  readonly change: 'written' | 'unchanged';
}

const LINE = /^[0-9a-f.:]+ [a-z0-9.-]+$/;

/** The lines of a hosts file, without line ends: one host each, since some systems read only a few names of a line. */
export function hostsFileLines(lines: readonly HostLine[]): readonly string[] {
  return lines.map(({ address, host }) => {
    const line = `${address} ${host}`;
    // Names and addresses were checked when they were read; the file says where all programs connect to.
    if (!LINE.test(line)) throw new Error(`no line of a hosts file: ${JSON.stringify(line)}`);
    return line;
  });
}

/** For programs: docs/schemas/hosts.json describes it. */
export function hostsJson({ lines, leftOut }: HostAnswer, hostsFile?: HostsFileChange): string {
  return `${visibleJson({ formatVersion: 1, hosts: lines, leftOut, ...(hostsFile === undefined ? {} : { hostsFile }) })}\n`;
}
