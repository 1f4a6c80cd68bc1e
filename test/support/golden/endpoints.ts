import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Addresses } from './addresses.ts';
import type { Behaviour } from './requests.ts';

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

/** Starts a server for each address of an input, apart from those that are `down`. */
export async function startEndpoints(addresses: Addresses, down: readonly string[]): Promise<Endpoints> {
  const servers: Server[] = [];
  const places = new Map<string, string>();
  let behaviours: Readonly<Record<string, Behaviour>> = {};
  let hits: Hit[] = [];

  const answer = async (endpoint: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const service = addresses.get(endpoint) ?? '';
    const { method = '', url = '', headersDistinct: lines } = request;
    let bodyBytes = 0;
    for await (const chunk of request) bodyBytes += (chunk as Buffer).length;
    hits.push({ service, endpoint, method, url, lines, bodyBytes });
    const { status = 200, headers: own, hangs, closes } = behaviours[endpoint] ?? behaviours[service] ?? {};
    if (hangs) return;
    if (closes) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'text/plain', ...own, [ENDPOINT_HEADER]: endpoint });
    response.end(`${endpoint} of ${service}\n`);
  };

  for (const endpoint of addresses.keys()) {
    if (down.includes(endpoint)) {
      places.set(endpoint, DEAD);
      continue;
    }
    // nginx keeps connections open; one that closed at the wrong moment would look like a broken endpoint.
    const server = createServer({ keepAliveTimeout: 3_600_000 }, (request, response) => {
      answer(endpoint, request, response).catch(() => request.socket.destroy());
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
      await Promise.all(servers.map(close));
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
    server.closeAllConnections();
  });
}
