import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer, createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { AddressInfo, Server, Socket } from 'node:net';

import { pem } from '../credentials.ts';
import { createFastcgiServer } from './fastcgi.ts';
import type { FastcgiRequest, FastcgiResponse } from './fastcgi.ts';

import type { Addresses } from './addresses.ts';
import type { Behaviour, RequestsFile, Spoken } from './requests.ts';

/** The header by which an answer says whose it is. */
export const ENDPOINT_HEADER = 'x-endpoint';
/** Nobody listens here. */
const DEAD = '127.0.10.99:1';

/** A request that an endpoint got. */
export interface Hit {
  readonly service: string;
  /** ADDRESS:PORT of the input. */
  readonly endpoint: string;
  readonly method: string;
  readonly url: string;
  /** The lines of each header. */
  readonly lines: NodeJS.Dict<string[]>;
  readonly bodyBytes: number;
  /** The common name of the certificate that nginx has shown. */
  readonly certificate: string | undefined;
  /** What nginx has called the endpoint in the handshake. */
  readonly serverName: string | undefined;
}

export interface Endpoints {
  /** Where each address of the input is on this machine. */
  readonly places: ReadonlyMap<string, string>;
  /** Sets how Services or endpoints answer from now on, and forgets what they got. */
  readonly begin: (behaviours: Readonly<Record<string, Behaviour>>) => void;
  /** What they got since then, first to last. */
  readonly hits: () => readonly Hit[];
  readonly close: () => Promise<void>;
}

type Asked = IncomingMessage | Http2ServerRequest;
type Answering = ServerResponse | Http2ServerResponse;
type Answer = (request: Asked, response: Answering) => void;

/** nginx keeps connections open; one that closed at the wrong moment would look like a broken endpoint. */
const KEEPS_OPEN = { keepAliveTimeout: 3_600_000 };

function serverOf(spoken: Exclude<Spoken, 'fastcgi'> | undefined, answer: Answer): Server {
  const { chain: cert, key } = pem('inner');
  const asks = { requestCert: true, rejectUnauthorized: false } as const;
  switch (spoken) {
    case 'https':
      return createHttpsServer({ ...KEEPS_OPEN, ...asks, cert, key }, answer);
    case 'grpc':
      return createHttp2Server(answer);
    case 'grpcs':
      return createSecureServer({ ...asks, cert, key }, answer);
    case undefined:
      return createServer(KEEPS_OPEN, answer);
  }
}

type Handshake = Pick<Hit, 'certificate' | 'serverName'>;

/** What nginx has said of itself and of the endpoint before the request. */
function handshakeOf(socket: Socket): Handshake {
  if (!(socket instanceof TLSSocket)) return { certificate: undefined, serverName: undefined };
  const shown = socket.getPeerCertificate();
  const certificate = Object.keys(shown).length === 0 ? undefined : String(shown.subject.CN);
  const { servername } = socket as TLSSocket & { readonly servername?: string | false };
  return { certificate, serverName: servername || undefined };
}

/** The lines of each header; HTTP/2 has the Host header under another name. */
function linesOf(request: Asked): NodeJS.Dict<string[]> {
  if ('headersDistinct' in request) return request.headersDistinct;
  const lines: NodeJS.Dict<string[]> = { host: [request.authority] };
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && !name.startsWith(':')) lines[name] = [value].flat();
  }
  return lines;
}

/** Starts a server for each address of an input, apart from those that are `down`. */
export async function startEndpoints(
  addresses: Addresses,
  { down = [], speaks = {} }: Omit<RequestsFile, 'requests'>,
): Promise<Endpoints> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const places = new Map<string, string>();
  let behaviours: Readonly<Record<string, Behaviour>> = {};
  let hits: Hit[] = [];

  /** What is answered to a request; undefined: nothing. */
  const take = (hit: Omit<Hit, 'service' | keyof Handshake>, socket: Socket): FastcgiResponse | undefined => {
    const { endpoint } = hit;
    const service = addresses.get(endpoint) ?? '';
    hits.push({ ...hit, ...handshakeOf(socket), service });
    const { status = 200, headers: own, hangs, closes } = behaviours[endpoint] ?? behaviours[service] ?? {};
    if (closes) socket.destroy();
    if (hangs || closes) return undefined;
    const headers = { 'content-type': 'text/plain', ...own, [ENDPOINT_HEADER]: endpoint };
    return { status, headers, body: `${endpoint} of ${service}\n` };
  };

  const answer = async (endpoint: string, request: Asked, response: Answering): Promise<void> => {
    const { method = '', url = '' } = request;
    const lines = linesOf(request);
    let bodyBytes = 0;
    for await (const chunk of request) bodyBytes += (chunk as Buffer).length;
    const given = take({ endpoint, method, url, lines, bodyBytes }, request.socket);
    if (given === undefined) return;
    for (const [name, value] of Object.entries(given.headers)) response.setHeader(name, value);
    response.statusCode = given.status;
    response.end(given.body);
  };

  const answerFastcgi = (
    endpoint: string,
    { params, bodyBytes, socket }: FastcgiRequest,
  ): FastcgiResponse | undefined => {
    const lines: NodeJS.Dict<string[]> = {};
    for (const [name, value] of params) (lines[name.toLowerCase()] ??= []).push(value);
    const [method = '', url = ''] = [lines['request_method']?.[0], lines['request_uri']?.[0]];
    return take({ endpoint, method, url, lines, bodyBytes }, socket);
  };

  for (const endpoint of addresses.keys()) {
    if (down.includes(endpoint)) {
      places.set(endpoint, DEAD);
      continue;
    }
    const spoken = speaks[endpoint] ?? speaks[addresses.get(endpoint) ?? ''];
    const server =
      spoken === 'fastcgi'
        ? createFastcgiServer(request => answerFastcgi(endpoint, request))
        : serverOf(spoken, (request, response) => {
            answer(endpoint, request, response).catch(() => request.socket.destroy());
          });
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    servers.push(server);
    places.set(endpoint, `127.0.0.1:${await listen(server)}`);
  }
  return {
    places,
    begin: next => {
      behaviours = next;
      hits = [];
    },
    hits: () => hits,
    close: async () => {
      const closed = servers.map(close);
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
  });
}
