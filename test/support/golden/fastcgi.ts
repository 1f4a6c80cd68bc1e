import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A request of FastCGI: its parameters by name, in order, and its body. */
export interface FastcgiRequest {
  readonly params: readonly (readonly [name: string, value: string])[];
  readonly bodyBytes: number;
  readonly socket: Socket;
}

export interface FastcgiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Types of records. Source: the FastCGI specification 1.0, section 8. */
const END_REQUEST = 3;
const PARAMS = 4;
const STDIN = 5;
const STDOUT = 6;
const HEADER_BYTES = 8;

/** Lengths below 128 are one byte, others four. */
function readLength(bytes: Buffer, at: number): readonly [length: number, next: number] {
  const first = bytes.readUInt8(at);
  return first < 128 ? [first, at + 1] : [bytes.readUInt32BE(at) - 2 ** 31, at + 4];
}

function readParams(bytes: Buffer): FastcgiRequest['params'] {
  const params: [string, string][] = [];
  let at = 0;
  while (at < bytes.length) {
    const [nameLength, afterName] = readLength(bytes, at);
    const [valueLength, begin] = readLength(bytes, afterName);
    const middle = begin + nameLength;
    params.push([bytes.toString('latin1', begin, middle), bytes.toString('latin1', middle, middle + valueLength)]);
    at = middle + valueLength;
  }
  return params;
}

function record(type: number, id: number, content: Buffer): Buffer {
  const header = Buffer.from([1, type, 0, 0, 0, 0, 0, 0]);
  header.writeUInt16BE(id, 2);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}

function answerOf({ status, headers, body }: FastcgiResponse, id: number): Buffer {
  const lines = [`Status: ${status} Answer`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  const output = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  return Buffer.concat([
    record(STDOUT, id, output),
    record(STDOUT, id, Buffer.alloc(0)),
    record(END_REQUEST, id, Buffer.alloc(8)),
  ]);
}

/**
 * A server of FastCGI, one request a connection.
 *
 * @param answer undefined: never
 */
export function createFastcgiServer(answer: (request: FastcgiRequest) => FastcgiResponse | undefined): Server {
  return createServer(socket => {
    let bytes = Buffer.alloc(0);
    let params = Buffer.alloc(0);
    let bodyBytes = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', chunk => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= HEADER_BYTES) {
        const length = bytes.readUInt16BE(4);
        const next = HEADER_BYTES + length + bytes.readUInt8(6);
        if (bytes.length < next) return;
        const [type, id] = [bytes.readUInt8(1), bytes.readUInt16BE(2)];
        const content = bytes.subarray(HEADER_BYTES, HEADER_BYTES + length);
        bytes = bytes.subarray(next);
        if (type === PARAMS) params = Buffer.concat([params, content]);
        else if (type === STDIN && length > 0) bodyBytes += length;
        else if (type === STDIN) {
          const response = answer({ params: readParams(params), bodyBytes, socket });
          if (response !== undefined) socket.end(answerOf(response, id));
        }
      }
    });
  });
}
