import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

import { PATIENCE_MS } from '../until.ts';

/** A websocket that says something again and again, and hears it back. */
export interface LivingSocket {
  /** How many answers came. */
  readonly echoes: () => number;
  /** Ends it; gives what went wrong, if anything did. */
  readonly stop: () => Promise<string | undefined>;
}

const PAUSE_MS = 200;

export async function openLivingSocket(port: number, host: string): Promise<LivingSocket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  let problem: string | undefined;
  let received = '';
  let echoes = 0;
  let isEnding = false;
  const isOver = (): boolean => isEnding || problem !== undefined;
  socket.on('data', (chunk: Buffer) => void (received += chunk.toString('latin1')));
  socket.on('error', error => void (problem ??= error.message));
  socket.on('close', () => {
    if (!isEnding) problem ??= 'the websocket was closed';
  });
  /** Waits for what is expected and takes it away. */
  const hear = async (expected: RegExp): Promise<boolean> => {
    const until = performance.now() + PATIENCE_MS;
    while (!expected.test(received)) {
      if (problem !== undefined) return false;
      if (performance.now() > until) problem = `no answer after ${PATIENCE_MS / 1000} s`;
      await after(10);
    }
    received = received.replace(expected, '');
    return true;
  };
  const key = 'Sec-WebSocket-Key: c2hvcC5leGFtcGxlLmNvbQ==\r\nSec-WebSocket-Version: 13';
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`);
  if (!(await hear(/^HTTP\/1\.1 101 [\s\S]*?\r\n\r\n/))) throw new Error(`no websocket: ${problem}`);
  const talk = async (): Promise<void> => {
    while (!isOver()) {
      const text = `tick ${echoes}`;
      socket.write(frameOf(text));
      if (await hear(new RegExp(`^\\x81.${text}`, 's'))) echoes += 1;
      await after(PAUSE_MS);
    }
  };
  const talking = talk();
  return {
    echoes: () => echoes,
    async stop() {
      isEnding = true;
      await talking;
      socket.destroy();
      return problem;
    },
  };
}

/** A masked text frame of less than 126 bytes. */
function frameOf(text: string): Buffer {
  const mask = [7, 11, 13, 17];
  const masked = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 + masked.length, ...mask]), masked]);
}
