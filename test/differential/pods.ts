import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { pem } from '../support/credentials.ts';

/** What a pod received. Texts have a character for each byte. */
export interface Received {
  /** Where it was asked: an address of the loopback network, and a port that all addresses share. */
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly uri: string;
  /** By name in lower case; lines of one name with commas between them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The header of an answer that holds what the pod received, as JSON in base64. */
export const RECEIVED = 'x-received';

/** Pods on all addresses of the loopback network: one process that says which of them was asked. */
export interface Pods {
  /** For HTTP, for HTTP under another number, and for HTTPS. */
  readonly ports: { readonly http: number; readonly metrics: number; readonly https: number };
  readonly close: () => void;
}

const HEAD_END = '\r\n\r\n';

function receivedOf(head: string, socket: Socket): Received {
  const [first = '', ...lines] = head.split('\r\n');
  const [, method = '', uri = ''] = /^(\S+) (.*) HTTP\/1\.[01]$/s.exec(first) ?? [];
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const { localAddress = '', localPort = 0 } = socket;
  return { address: localAddress.replace(/^::ffff:/, ''), port: localPort, method, uri, headers };
}

/** `x-answer-status` of a request is what it is answered with. */
function answerOf(received: Received): string {
  const status = /^[2-5]\d\d$/.exec(received.headers['x-answer-status'] ?? '')?.[0] ?? '200';
  const told = Buffer.from(JSON.stringify(received)).toString('base64');
  const body = received.method === 'HEAD' ? '' : 'ok';
  return `HTTP/1.1 ${status} As-Asked\r\nContent-Length: 2\r\n${RECEIVED}: ${told}\r\n\r\n${body}`;
}

/** Answers one request after the other. Bodies have a length, since nginx reads them before it asks. */
function serve(socket: Socket): void {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', chunk => {
    text += String(chunk);
    for (let end = text.indexOf(HEAD_END); end >= 0; end = text.indexOf(HEAD_END)) {
      const received = receivedOf(text.slice(0, end), socket);
      const next = end + HEAD_END.length + Number(received.headers['content-length'] ?? 0);
      if (text.length < next) return;
      text = text.slice(next);
      socket.write(answerOf(received), 'latin1');
    }
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '0.0.0.0', () => resolve((server.address() as AddressInfo).port));
  });
}

export async function startPods(): Promise<Pods> {
  const { chain, key } = pem('other');
  const servers = [
    createTcpServer(serve),
    createTcpServer(serve),
    createTlsServer({ cert: chain, key }, serve),
  ] as const;
  const [http, metrics, https] = servers;
  const ports = { http: await listen(http), metrics: await listen(metrics), https: await listen(https) };
  const close = (): void => {
    for (const server of servers) server.close();
  };
  return { ports, close };
}
