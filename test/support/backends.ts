import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

/** The pods of the tests: each has a loopback address of its own and listens on two ports that all of them share. */
export const PODS = {
  web: '127.0.10.1',
  cart: '127.0.10.2',
  blog: '127.0.10.3',
  admin: '127.0.10.4',
  login: '127.0.10.5',
  spare: '127.0.10.6',
  /** Nobody listens here. */
  dead: '127.0.10.99',
} as const;

export type Pod = keyof typeof PODS;

/** What a pod received, as it says in its answer. */
export interface Seen {
  readonly pod: Pod;
  /** `http` or `metrics`: which of its two ports was asked. */
  readonly portName: 'http' | 'metrics';
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly bodyBytes: number;
  /** The same number for requests that came over one connection. */
  readonly connection: number;
}

export interface Backends {
  /** The port called `http`, and the one called `metrics`, of every pod. */
  readonly ports: { readonly http: number; readonly metrics: number };
  readonly close: () => Promise<void>;
}

/** What `x-answer` may ask of a pod, as JSON. */
export interface Steering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Only this pod obeys. */
  readonly pod?: Pod;
}

const connections = new WeakMap<Socket, number>();
let connectionCount = 0;

function connectionNumber(socket: Socket): number {
  const known = connections.get(socket);
  if (known !== undefined) return known;
  connectionCount += 1;
  connections.set(socket, connectionCount);
  return connectionCount;
}

async function answer(pod: Pod, portName: Seen['portName'], request: IncomingMessage, response: ServerResponse) {
  let bodyBytes = 0;
  for await (const chunk of request) bodyBytes += (chunk as Buffer).length;
  const { method = '', url = '', httpVersion, headers } = request;
  const connection = connectionNumber(request.socket);
  const seen: Seen = { pod, portName, method, url, httpVersion, headers, bodyBytes, connection };
  const asked = JSON.parse(String(headers['x-answer'] ?? '{}')) as Steering;
  const steering = asked.pod === undefined || asked.pod === pod ? asked : {};
  if (steering.delayMs !== undefined) await after(steering.delayMs);
  response.writeHead(steering.status ?? 200, { 'content-type': 'application/json', ...steering.headers });
  response.end(JSON.stringify(seen));
}

/** Accepts a WebSocket and sends the bytes of each frame back, unmasked. */
function echo(request: IncomingMessage, socket: Socket): void {
  const key = String(request.headers['sec-websocket-key']);
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`);
  socket.write(`Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  // A socket that was upgraded no longer belongs to the server, which waits for its end.
  socket.on('error', () => socket.destroy()).on('end', () => socket.destroy());
  socket.on('data', frame => {
    const length = frame.readUInt8(1) % 128;
    const mask = frame.subarray(2, 6);
    const text = frame.subarray(6, 6 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
  });
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

function podServer(pod: Pod, portName: Seen['portName']): Server {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(pod, portName, request, response).catch(() => request.socket.destroy());
  });
  server.on('upgrade', echo);
  return server;
}

const living = (Object.keys(PODS) as Pod[]).filter(pod => pod !== 'dead');

/** Opens one port on all pods; when another program has it on one of them, tries the next free one. */
async function openPort(portName: Seen['portName'], servers: Server[]): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const opened: Server[] = [];
    let port = 0;
    try {
      for (const pod of living) {
        const server = podServer(pod, portName);
        port = await listen(server, port, PODS[pod]);
        opened.push(server);
      }
      servers.push(...opened);
      return port;
    } catch {
      for (const server of opened) server.close();
    }
  }
  throw new Error('no port is free on all loopback addresses of the pods');
}

/** Starts the pods. They answer with what they received, see `Seen`; the header `x-answer` steers them. */
export async function startBackends(): Promise<Backends> {
  const servers: Server[] = [];
  const ports = { http: await openPort('http', servers), metrics: await openPort('metrics', servers) };
  const close = async () => {
    await Promise.all(
      servers.map(server => {
        const closed = new Promise<void>(resolve => server.close(() => resolve()));
        server.closeAllConnections();
        return closed;
      }),
    );
  };
  return { ports, close };
}
