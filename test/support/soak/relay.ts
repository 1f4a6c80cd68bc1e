import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** Passes TCP connections on to another port of this machine, as long as it likes to. */
export interface Relay {
  readonly port: number;
  /** From now on nothing passes, and nothing is closed. */
  readonly stall: () => void;
  /** What was held back comes. */
  readonly resume: () => void;
  /** Closes all connections; new ones are taken. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

export async function openRelay(port: number, target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isStalled = false;
  const join = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', chunk => void to.write(chunk));
    from
      .on('error', () => undefined)
      .once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    if (isStalled) from.pause();
  };
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1');
    join(client, upstream);
    join(upstream, client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    stall: () => {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    cut,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        cut();
      }),
  };
}
