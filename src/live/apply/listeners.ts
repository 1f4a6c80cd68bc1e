import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { openFilesOf } from './processes.ts';

/** A TCP socket that is open, or shall be. */
export interface Listener {
  /** IPv6 in brackets, as short as it can be written. */
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

/** Of some sockets, those that nobody answers on. */
export async function closedSockets(sockets: readonly Listener[]): Promise<readonly Listener[]> {
  const open = await Promise.all(sockets.map(isOpen));
  return sockets.filter((_, index) => open[index] === false);
}

/** All ports on all addresses, which are IP addresses without brackets. */
export function socketsOn(addresses: readonly string[], ports: readonly number[]): readonly Listener[] {
  const shown = addresses.map(address => (address.includes(':') ? `[${address}]` : address));
  return shown.flatMap(address => ports.map(port => ({ address, port })));
}

const LISTENING = '0A';
const LONGEST_CONNECT_MS = 1000;
/** Where everything that listens on all addresses is reached. */
const LOOPBACKS: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['[::]', '::1'],
]);
const NO_WAY: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'ENETUNREACH', 'EHOSTUNREACH']);

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
  const groups = words.join('').match(/.{4}/g) ?? [];
  // As a part of a URL it comes out in its shortest form.
  return new URL(`http://[${groups.join(':')}]`).hostname;
}

function isOpen({ address, port }: Listener): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: LOOPBACKS.get(address) ?? address.replaceAll(/[[\]]/g, '') });
    const end = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .setTimeout(LONGEST_CONNECT_MS, () => end(false))
      .once('connect', () => end(true))
      // Who has no way there cannot tell.
      .once('error', error => end('code' in error && NO_WAY.has(error.code)));
  });
}
