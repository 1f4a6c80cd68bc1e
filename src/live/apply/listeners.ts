import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { openFilesOf } from './processes.ts';

/** An open TCP socket. */
export interface Listener {
  readonly address: string;
  readonly port: number;
}

/**
 * The TCP sockets that a process listens on; undefined when that is not for us to know. Source: proc(5), proc_net_tcp;
 * addresses are hexadecimal, in words of the machine's byte order.
 */
export function listenersOf(pid: number): readonly Listener[] | undefined {
  const files = openFilesOf(pid);
  if (files === undefined) return undefined;
  const inodes = new Set(files.flatMap(path => /^socket:\[(\d+)\]$/.exec(path)?.[1] ?? []));
  const found = [...listening(pid, 'tcp'), ...listening(pid, 'tcp6')].filter(({ inode }) => inodes.has(inode));
  return found.map(({ address, port }) => ({ address, port }));
}

/** Of some ports, those that nobody answers on. */
export async function closedPorts(ports: readonly number[]): Promise<readonly number[]> {
  const open = await Promise.all(ports.map(isOpen));
  return ports.filter((_, index) => open[index] === false);
}

const LISTENING = '0A';
const LONGEST_CONNECT_MS = 1000;

function listening(pid: number, table: 'tcp' | 'tcp6'): readonly (Listener & { readonly inode: string })[] {
  return readTable(`/proc/${pid}/net/${table}`).flatMap(line => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state !== LISTENING) return [];
    const [address = '', port = ''] = local.split(':');
    return [{ address: readAddress(address), port: Number.parseInt(port, 16), inode }];
  });
}

function readTable(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1);
  } catch {
    return []; // the process is gone, or there is no IPv6
  }
}

function readAddress(hex: string): string {
  const words = (hex.match(/.{8}/g) ?? []).map(word => (word.match(/../g) ?? []).toReversed().join(''));
  if (words.length === 1)
    return (hex.match(/../g) ?? [])
      .toReversed()
      .map(byte => Number.parseInt(byte, 16))
      .join('.');
  const text = words.join('');
  if (/^0+$/.test(text)) return '[::]';
  const groups = (text.match(/.{4}/g) ?? []).map(group => group.replace(/^0{1,3}/, ''));
  return `[${groups.join(':')}]`;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (isOpen: boolean) => (): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(LONGEST_CONNECT_MS, end(false)).once('connect', end(true)).once('error', end(false));
  });
}
