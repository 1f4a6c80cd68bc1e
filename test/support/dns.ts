import { createSocket } from 'node:dgram';

/** Of a DNS message; the question starts behind it. */
const HEADER_BYTES = 12;

/** The name in the question of a query, in lower case. */
function questionOf(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  // The end of the name, its type and its class.
  return { name: labels.join('.'), end: at + 5 };
}

/** One A record, kept for no time; an unknown name does not exist. */
function answerTo(query: Buffer, addresses: ReadonlyMap<string, string>): Buffer {
  const { name, end } = questionOf(query);
  const isA = query.readUInt16BE(end - 4) === 1;
  const address = addresses.get(name);
  const answer = Buffer.from(query.subarray(0, end));
  answer.writeUInt16BE(address === undefined ? 0x8183 : 0x8180, 2);
  answer.fill(0, 6, HEADER_BYTES);
  if (address === undefined || !isA) return answer;
  answer.writeUInt16BE(1, 6);
  const record = [0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)];
  return Buffer.concat([answer, Buffer.from(record)]);
}

export interface DnsServer {
  readonly port: number;
  readonly stop: () => void;
}

/** A DNS server on a free port of 127.0.0.1. The map may change while it runs. */
export function startDns(addresses: ReadonlyMap<string, string>): Promise<DnsServer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.on('message', (query, from) => socket.send(answerTo(query, addresses), from.port, from.address));
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve({ port: socket.address().port, stop: () => void socket.close() }));
  });
}
