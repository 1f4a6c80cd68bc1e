import type { Agent, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';

import { readAnswer } from './answer.ts';
import type { ApiAnswer, ApiRequest, StreamEnd, StreamReader } from './api.ts';
import { decodeLines } from './line-decoder.ts';

/** A socket that an HTTP server listens on. */
export interface Line {
  readonly socket: string;
  readonly agent: Agent;
}

const QUIET_MS = 30_000;
const MEBIBYTE = 1024 * 1024;
/** A page of a list has 500 objects, of which few are large; what is longer than this is no answer. */
const LONGEST_ANSWER = 256 * MEBIBYTE;
/** A refusal says why in its first lines. */
const LONGEST_REFUSAL = MEBIBYTE;
/** A server answers a watch before it has anything to say. */
const LONGEST_OPENING_MS = 60_000;
const METADATA = ';as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';
const METADATA_LIST = ';as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Why the socket failed, in words that do not show its path. */
function reasonOf(error: Error): string {
  return 'syscall' in error && error.syscall === 'connect' ? 'kubectl proxy has exited' : 'the connection was lost';
}

/** Sends one request and reads the whole answer, up to `longest` bytes. */
export function exchange(line: Line, wanted: ApiRequest, longest = LONGEST_ANSWER): Promise<ApiAnswer> {
  const { timeoutMs = QUIET_MS, onlyMetadata = false, signal } = wanted;
  return new Promise(resolve => {
    const sent = send(line, { ...wanted, accept: onlyMetadata ? METADATA_LIST : '' });
    const end = ending<ApiAnswer>(resolve, { drop: () => sent.destroy(), signal, quietMs: timeoutMs });
    const fail = (problem: string): void => end.with({ kind: 'unreachable', problem });
    end.onAbort(() => fail('the request was cancelled'));
    end.onQuiet(() => fail(`no answer within ${timeoutMs / 1_000} s`));
    sent.on('error', error => fail(reasonOf(error)));
    sent.on('response', response => {
      const chunks = gather(isGood(response) ? longest : LONGEST_REFUSAL);
      response.on('data', (chunk: Buffer) => {
        end.refresh();
        if (chunks.add(chunk)) return;
        if (isGood(response)) fail(`the answer is longer than ${longest / MEBIBYTE} MiB`);
        else end.with(readAnswer(answerOf(response, chunks)));
      });
      response.on('error', () => fail('the answer was incomplete'));
      response.on('end', () => {
        if (response.complete) end.with(readAnswer(answerOf(response, chunks)));
        else fail('the answer was incomplete');
      });
    });
  });
}

/** Sends a GET and hands over the answer line by line as it comes. */
export function follow(line: Line, path: string, reader: StreamReader): Promise<StreamEnd> {
  const { signal, silenceMs, onlyMetadata = false } = reader;
  return new Promise(resolve => {
    const sent = send(line, { method: 'GET', path, accept: onlyMetadata ? METADATA : '' });
    const quietMs = Math.min(silenceMs, LONGEST_OPENING_MS);
    const end = ending<StreamEnd>(resolve, { drop: () => sent.destroy(), signal, quietMs });
    const fail = (problem: string): void => end.with({ kind: 'unreachable', problem });
    end.onAbort(() => end.with({ kind: 'aborted' }));
    end.onQuiet(() => end.with({ kind: 'silent' }));
    sent.on('error', error => fail(reasonOf(error)));
    sent.on('response', response => {
      const isOpen = response.statusCode === 200;
      const chunks = gather(LONGEST_REFUSAL);
      const decoder = decodeLines(text => {
        end.refresh();
        if (!end.isOver()) reader.onLine(text);
      });
      if (isOpen) {
        end.setQuiet(silenceMs);
        reader.onOpen?.();
      }
      response.on('data', (chunk: Buffer) => {
        if (!isOpen) {
          if (!chunks.add(chunk)) end.with(refusalOf(answerOf(response, chunks)));
        } else if (!decoder.write(chunk)) fail('a line of the answer is too long');
      });
      response.on('error', () => fail('the connection was lost'));
      response.on('end', () => {
        if (!response.complete) fail('the connection was lost');
        else end.with(isOpen ? { kind: 'ended' } : refusalOf(answerOf(response, chunks)));
      });
    });
  });
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly accept: string;
}

function send({ socket, agent }: Line, { method, path, body, accept }: Sent) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sent = httpRequest({
    socketPath: socket,
    agent,
    method,
    path,
    headers: {
      // kubectl proxy takes no other name.
      host: 'localhost',
      accept: `application/json${accept}`,
      ...(text === undefined
        ? {}
        : {
            'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
    },
  });
  sent.end(text);
  return sent;
}

function isGood({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

interface Gathered {
  /** False once there are more bytes than the most that are kept; then this chunk is not. */
  add(chunk: Buffer): boolean;
  text(): string;
}

function gather(most: number): Gathered {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    add(chunk) {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      return length <= most;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

function answerOf(response: IncomingMessage, chunks: Gathered) {
  return {
    code: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    text: chunks.text(),
  };
}

function refusalOf(answer: Parameters<typeof readAnswer>[0]): StreamEnd {
  const read = readAnswer(answer);
  return read.kind === 'ok' ? { kind: 'unreachable', problem: `the API server answered ${answer.code}` } : read;
}

interface EndingSettings {
  readonly drop: () => void;
  readonly signal: AbortSignal | undefined;
  readonly quietMs: number;
}

/** Settles once, whatever comes first, and takes the clock and the signal down. */
function ending<End>(resolve: (end: End) => void, { drop, signal, quietMs }: EndingSettings) {
  let isOver = false;
  let [aborted, quiet] = [() => {}, () => {}];
  const abort = (): void => aborted();
  let timer = setTimeout(() => quiet(), quietMs);
  signal?.addEventListener('abort', abort);
  return {
    isOver: () => isOver,
    refresh: () => void timer.refresh(),
    setQuiet(ms: number) {
      clearTimeout(timer);
      timer = setTimeout(() => quiet(), ms);
    },
    onQuiet: (then: () => void) => void (quiet = then),
    onAbort(then: () => void) {
      aborted = then;
      if (signal?.aborted === true) then();
    },
    with(end: End) {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(end);
      drop();
    },
  };
}
