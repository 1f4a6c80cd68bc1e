import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

import { expect } from 'vitest';

import type { Pod, Seen, Steering } from './backends.ts';
import type { SignedName } from './credentials.ts';
import { PASSWORDS, pem } from './credentials.ts';

export interface Ports {
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** A request to nginx. */
export interface Question {
  readonly host: string;
  readonly path: string;
  /** Over TLS; the server name is the host unless `serverName` says otherwise (empty: none). */
  readonly https?: boolean;
  readonly serverName?: string;
  /** Shows this one, if nginx asks for a certificate. */
  readonly certificate?: SignedName;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The address of this machine that it comes from. */
  readonly from?: string;
  /** Sends this user's password. */
  readonly user?: keyof typeof PASSWORDS;
  /** What the pod is asked to do. */
  readonly pod?: Steering;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The lines of each header. */
  readonly lines: NodeJS.Dict<string[]>;
  readonly text: string;
  /** What the pod received; undefined when nginx answered by itself. */
  readonly seen: Seen | undefined;
  /** The common name of the certificate that was shown. */
  readonly subject: string | undefined;
}

/** The parts of an answer that a row of a table spells out. `null` means that it must be absent. */
export interface Expected {
  readonly status?: number;
  readonly pod?: Pod | null;
  /** The path and query that the pod saw. */
  readonly url?: string;
  readonly portName?: Seen['portName'];
  readonly method?: string;
  readonly bodyBytes?: number;
  readonly subject?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** Headers that the pod saw. */
  readonly seen?: Readonly<Record<string, unknown>>;
}

function parseSeen(text: string): Seen | undefined {
  return text.startsWith('{"pod":') ? (JSON.parse(text) as Seen) : undefined;
}

async function read(response: IncomingMessage, subject: string | undefined): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  const flat = Object.fromEntries(headers) as Record<string, string>;
  const { statusCode: status = 0, headersDistinct: lines } = response;
  return { status, headers: flat, lines, text, seen: parseSeen(text), subject };
}

function headersOf({ host, headers, user, pod }: Question): Record<string, string> {
  const password = user === undefined ? undefined : Buffer.from(`${user}:${PASSWORDS[user]}`).toString('base64');
  return {
    Host: host,
    ...(password === undefined ? {} : { Authorization: `Basic ${password}` }),
    ...(pod === undefined ? {} : { 'X-Answer': JSON.stringify(pod) }),
    ...headers,
  };
}

/** Sends one request over a connection of its own. Rejects when there is no HTTP answer (a refused handshake). */
export function ask(ports: Ports, question: Question): Promise<Answer> {
  const { host, path, https = false, method = 'GET', body, serverName = host.replace(/:\d+$/u, '') } = question;
  const options: RequestOptions = {
    host: '127.0.0.1',
    path,
    method,
    headers: headersOf(question),
    agent: false,
    ...(question.from === undefined ? {} : { localAddress: question.from }),
  };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      const certificate = https ? (response.socket as TLSSocket).getPeerCertificate() : undefined;
      read(response, certificate === undefined ? undefined : String(certificate.subject.CN)).then(resolve, reject);
    };
    const shown = question.certificate === undefined ? undefined : pem(question.certificate);
    const own = shown === undefined ? {} : { cert: shown.chain, key: shown.key };
    const sent = https
      ? httpsRequest(
          {
            ...options,
            ...own,
            port: ports.httpsPort,
            servername: serverName,
            rejectUnauthorized: false,
            setHost: false,
          },
          answered,
        )
      : httpRequest({ ...options, port: ports.httpPort, setHost: false }, answered);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Holds an answer against the parts that are spelled out. */
export function expectAnswer(answer: Answer, expected: Expected): void {
  const { headers = {}, seen = {}, ...rest } = expected;
  const { pod = null, url = null, portName = null, method = null, bodyBytes = null } = answer.seen ?? {};
  const flat = { status: answer.status, subject: answer.subject, pod, url, portName, method, bodyBytes };
  const only = (actual: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
    Object.fromEntries(keys.map(key => [key, actual[key] ?? null]));
  const actual = {
    ...only(flat, Object.keys(rest)),
    headers: only(answer.headers, Object.keys(headers)),
    seen: only(answer.seen?.headers ?? {}, Object.keys(seen)),
  };
  expect(actual).toEqual({ ...rest, headers, seen });
}

interface Handshake {
  readonly subject: string;
  readonly protocol: string;
  readonly fingerprint: string;
}

/** Only the handshake. Rejects when nginx refuses it. */
export function handshake(ports: Ports, options: ConnectionOptions): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const all = { host: '127.0.0.1', port: ports.httpsPort, rejectUnauthorized: false, ...options };
    const socket = connectTls(all, () => {
      const { subject, fingerprint } = socket.getPeerCertificate();
      resolve({ subject: String(subject.CN), protocol: socket.getProtocol() ?? '', fingerprint });
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/**
 * Sends bytes as they are to the HTTP port, or with a server name to the HTTPS port; the answer as text, until nginx
 * closes the connection.
 */
export function sendRaw(ports: Ports, bytes: string | Buffer, servername?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket =
      servername === undefined
        ? connectTcp(ports.httpPort, '127.0.0.1', () => socket.write(bytes))
        : connectTls({ host: '127.0.0.1', port: ports.httpsPort, rejectUnauthorized: false, servername }, () =>
            socket.write(bytes),
          );
    socket.on('data', chunk => (text += chunk.toString('latin1')));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

/** Opens a WebSocket, sends one text of less than 126 bytes and gives what comes back. */
export function echoOverWebSocket(ports: Ports, question: Question, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      ...headersOf(question),
      'Sec-WebSocket-Key': 'c2hvcC5leGFtcGxlLmNvbQ==',
      'Sec-WebSocket-Version': '13',
    };
    const sent = httpRequest({ host: '127.0.0.1', port: ports.httpPort, path: question.path, headers, agent: false });
    sent.on('upgrade', (_response, socket) => {
      const mask = Buffer.from([7, 11, 13, 17]);
      const masked = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
      socket.once('data', (frame: Buffer) => {
        resolve(frame.subarray(2).toString());
        socket.destroy();
      });
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 + masked.length]), mask, masked]));
    });
    sent.on('response', response => reject(new Error(`status ${response.statusCode} instead of an upgrade`)));
    sent.on('error', reject);
    sent.end();
  });
}
