import type { IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';

import type { AskedRequest } from '../answers/explain/model.ts';
import type { LiveAnswer } from '../answers/tests/live-model.ts';
import { failure, messageOf } from '../diagnostics/failure.ts';
import type { Failure } from '../diagnostics/failure.ts';

/** Where a server listens. */
export interface ServerAddress {
  readonly hostname: string;
  readonly port: number;
}

export interface AskOptions {
  /** For the whole of an answer, whatever comes of it meanwhile. */
  readonly timeoutMs: number;
  /** Whether certificates are checked, as clients do. */
  readonly checksCertificates: boolean;
  readonly readsBody: boolean;
  readonly signal: AbortSignal;
}

/** More of a body nobody reads. */
const LONGEST_BODY = 1024 * 1024;

/**
 * Sends a request to a server, whatever its host resolves to, over a connection of its own. What keeps a request from
 * being sent is a failure; a connection that is closed behind it is an answer.
 */
export function askServer(
  request: AskedRequest,
  address: ServerAddress,
  options: AskOptions,
): Promise<LiveAnswer | Failure> {
  const { hostname, port } = address;
  const where = `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`;
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const broken = (error: unknown, isConnected: boolean): LiveAnswer | Failure =>
    deadline.aborted
      ? failure(`${where}: no answer within ${options.timeoutMs / 1000} s`)
      : brokenBy(error, isConnected, where);
  return new Promise(resolve => {
    let isConnected = false;
    const signal = AbortSignal.any([options.signal, deadline]);
    const sent = openRequest(request, address, { ...options, signal })
      .on('socket', socket => {
        // Behind the handshake, a broken connection is what the server wants.
        socket.once('connect', () => (isConnected = true));
      })
      .on('response', response => {
        readAnswer(response, options).then(resolve, (error: unknown) => resolve(broken(error, true)));
      })
      .on('error', error => resolve(broken(error, isConnected)));
    sent.end();
  });
}

function openRequest(request: AskedRequest, { hostname, port }: ServerAddress, options: AskOptions) {
  const { method, scheme, host, target, headers } = request;
  const { checksCertificates: rejectUnauthorized, signal } = options;
  const flat = [['Host', host], ...headers.map(({ name, value }) => [name, value]), ...lengthOf(request)].flat();
  const common = { hostname, port, method, path: target, headers: flat, agent: false, setHost: false, signal };
  if (scheme === 'http') return requestHttp(common);
  const name = host.replace(/:\d+$/, '');
  // An address is no name of a handshake.
  const servername = isIP(name.replaceAll(/^\[|\]$/g, '')) === 0 ? name : '';
  return requestHttps({ ...common, servername, rejectUnauthorized });
}

/** A request that has no body says so where one is usual. */
function lengthOf({ method, headers }: AskedRequest): readonly (readonly string[])[] {
  const isUsual = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const isSaid = headers.some(({ name }) => /^(?:content-length|transfer-encoding)$/i.test(name));
  return isUsual && !isSaid ? [['Content-Length', '0']] : [];
}

async function readAnswer(response: IncomingMessage, { readsBody }: AskOptions): Promise<LiveAnswer> {
  const { statusCode: status = 0, rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: rawHeaders[index + 1] ?? '' }] : [],
  );
  let body = '';
  if (readsBody) {
    response.setEncoding('utf8');
    for await (const part of response) {
      body += String(part);
      if (body.length > LONGEST_BODY) break;
    }
  }
  response.destroy();
  return { kind: 'answer', status, headers, body };
}

/** Errors of TLS and sockets that come of the server's decision. */
const CLOSED =
  /^(?:ECONNRESET|EPIPE|ERR_SSL_TLSV1_UNRECOGNIZED_NAME|ERR_SSL_TLSV1_ALERT_.*|ERR_SSL_SSL\/TLS_ALERT_.*)$/;

function brokenBy(error: unknown, isConnected: boolean, where: string): LiveAnswer | Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = messageOf(error);
  if (isConnected && (CLOSED.test(code) || message === 'socket hang up')) {
    return { kind: 'closed', reason: code === '' ? message : `${code}: ${message}` };
  }
  if (/^(?:DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|ERR_TLS_CERT)/.test(code)) {
    return failure(`${where}: its certificate is not trusted: ${message}; use --insecure`);
  }
  return failure(`${where}: ${REASONS.get(code) ?? message}`);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused: nothing listens there'],
  ['ENOTFOUND', 'the host name does not resolve'],
  ['EAI_AGAIN', 'the host name does not resolve: no DNS server answers'],
  ['EHOSTUNREACH', 'the host is not reachable'],
  ['ENETUNREACH', 'the network is not reachable'],
  ['ETIMEDOUT', 'the connection timed out'],
]);
