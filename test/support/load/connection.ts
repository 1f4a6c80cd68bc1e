import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { PATIENCE_MS } from '../until.ts';

/** What came back for one request. */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly mayGoOn: boolean }
  /** The connection ended. `bytes`: how much of an answer had come. */
  | { readonly kind: 'lost'; readonly bytes: number; readonly problem: string };

/** One connection for requests one after the other, as bytes: nothing tries again behind our back. */
export interface Connection {
  /** Whether it has carried a request before. */
  readonly isReused: () => boolean;
  /** Whether the other side has ended it, as far as is known. */
  readonly isEnded: () => boolean;
  readonly send: (request: string) => Promise<Reply>;
  readonly close: () => void;
}

export function openConnection(port: number): Connection {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  let requests = 0;
  let end: string | undefined;
  // Something must listen between requests, too.
  socket.on('error', error => void (end ??= error.message)).on('end', () => void (end ??= 'closed'));
  return {
    isReused: () => requests > 1,
    isEnded: () => end !== undefined,
    send(request) {
      requests += 1;
      if (end !== undefined) return Promise.resolve({ kind: 'lost', bytes: 0, problem: end });
      return exchange(socket, request);
    },
    close: () => void socket.destroy(),
  };
}

function exchange(socket: Socket, request: string): Promise<Reply> {
  return new Promise(resolve => {
    let text = '';
    const settle = (reply: Reply): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onClose).off('error', onError);
      resolve(reply);
    };
    const lose = (problem: string): void => settle({ kind: 'lost', bytes: text.length, problem });
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const reply = parseReply(text);
      if (reply !== undefined) settle(reply);
    };
    const onClose = (): void => lose('the connection was closed');
    const onError = (error: Error): void => lose(error.message);
    const timer = setTimeout(() => {
      lose(`no answer after ${PATIENCE_MS / 1000} s`);
      socket.destroy();
    }, PATIENCE_MS);
    socket.on('data', onData).on('close', onClose).on('error', onError);
    socket.write(request, 'latin1');
  });
}

/** Undefined until it is complete. All answers of these tests have a Content-Length or chunks. */
function parseReply(text: string): Reply | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = text.slice(0, headEnd);
  const rest = text.slice(headEnd + 4);
  const body = bodyOf(head, rest);
  if (body === undefined) return undefined;
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { kind: 'answer', status, body, mayGoOn: !/^connection: close\r?$/im.test(head) };
}

function bodyOf(head: string, rest: string): string | undefined {
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined) return rest.length < Number(length) ? undefined : rest.slice(0, Number(length));
  return rest.endsWith('\r\n0\r\n\r\n') ? rest : undefined;
}
