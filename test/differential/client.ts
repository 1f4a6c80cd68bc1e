import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { handshakeName } from '../../src/routing/host-name.ts';
import { RECEIVED } from './pods.ts';
import type { Received } from './pods.ts';

/** What is sent; text beyond ASCII as UTF-8. */
export interface Sent {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly target: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** An address of the loopback network. */
  readonly clientIp: string;
}

/** What came back; `closed` is a connection, or a handshake, that ended without an answer. */
export type Got =
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** By name in lower case, each line by itself. */
      readonly headers: Readonly<Record<string, readonly string[]>>;
      readonly received: Received | undefined;
    };

export interface Ports {
  readonly httpPort: number;
  readonly httpsPort: number;
}

interface Connection {
  readonly socket: Socket;
  readonly key: string;
  text: string;
  isOpen: boolean;
  /** Is told of every change while an answer is awaited. */
  changed: () => void;
}

const HEAD_END = '\r\n\r\n';

/** Connections stay open, by where they come from and the name of their handshake. */
export interface Client {
  readonly ask: (sent: Sent) => Promise<Got>;
  readonly close: () => void;
}

export function newClient(ports: Ports): Client {
  const idle = new Map<string, Connection[]>();
  const all = new Set<Socket>();
  const connectionFor = (sent: Sent): Connection => {
    const name = sent.scheme === 'https' ? (handshakeName(sent.host) ?? '') : '';
    const key = `${sent.scheme} ${sent.clientIp} ${name}`;
    const waiting = idle.get(key)?.pop();
    if (waiting?.isOpen === true) return waiting;
    const socket = open(sent, name, ports);
    all.add(socket);
    const connection: Connection = { socket, key, text: '', isOpen: true, changed: () => {} };
    const end = (): void => {
      connection.isOpen = false;
      all.delete(socket);
      connection.changed();
    };
    socket.setEncoding('latin1').on('close', end).on('error', end);
    socket.on('data', chunk => {
      connection.text += String(chunk);
      connection.changed();
    });
    return connection;
  };
  return {
    async ask(sent) {
      const connection = connectionFor(sent);
      connection.socket.write(requestOf(sent));
      const got = await answerOn(connection, sent.method);
      if (connection.isOpen) idle.set(connection.key, [...(idle.get(connection.key) ?? []), connection]);
      return got;
    },
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}

function open({ scheme, clientIp }: Sent, name: string, { httpPort, httpsPort }: Ports): Socket {
  const from = { host: '127.0.0.1', localAddress: clientIp };
  if (scheme === 'http') return connectTcp({ ...from, port: httpPort }).setNoDelay();
  const servername = name === '' ? {} : { servername: name };
  return connectTls({ ...from, port: httpsPort, ...servername, rejectUnauthorized: false }).setNoDelay();
}

function requestOf({ method, target, host, headers }: Sent): string {
  const length = headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value ?? '0';
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}${HEAD_END}${'x'.repeat(Number(length))}`;
}

/** Waits for a whole answer; what follows it stays for the next one. */
function answerOn(connection: Connection, method: string): Promise<Got> {
  return new Promise(resolve => {
    const look = (): void => {
      const found = takeAnswer(connection, method);
      if (found === undefined) return;
      connection.changed = () => {};
      resolve(found);
    };
    connection.changed = look;
    look();
  });
}

function takeAnswer(connection: Connection, method: string): Got | undefined {
  const { text, isOpen } = connection;
  const end = text.indexOf(HEAD_END);
  if (end < 0) return isOpen ? undefined : { kind: 'closed' };
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(first.slice(9, 12));
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    (headers[name] ??= []).push(line.slice(colon + 1).trim());
  }
  const bodyEnd = endOfBody(text, end + HEAD_END.length, { status, headers, method });
  if (bodyEnd === undefined && isOpen) return undefined;
  connection.text = text.slice(bodyEnd ?? text.length);
  // nginx is about to close it.
  if (headers['connection']?.[0] === 'close') {
    connection.isOpen = false;
    connection.socket.destroy();
  }
  return { kind: 'answer', status, headers, received: receivedIn(headers[RECEIVED]?.[0]) };
}

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly method: string;
}

/** Where the body ends; undefined while it is not there, or if only the end of the connection says so. */
function endOfBody(text: string, begin: number, { status, headers, method }: Head): number | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return begin;
  const length = headers['content-length']?.[0];
  if (length !== undefined) return text.length >= begin + Number(length) ? begin + Number(length) : undefined;
  if (headers['transfer-encoding'] === undefined) return undefined;
  const end = text.indexOf('0\r\n\r\n', begin);
  return end < 0 ? undefined : end + 5;
}

function receivedIn(header: string | undefined): Received | undefined {
  return header === undefined ? undefined : (JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as Received);
}
