import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to clients (from 32768 on): a forward that begins again finds its port free. */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

/** The local ports of forwards. */
export interface LocalPorts {
  /**
   * A free port for a port of a Service. It follows from the name where it can, so that another run of ours chooses the
   * same one, and nginx.conf stays as it is. Undefined when none is left.
   */
  choose(key: string): Promise<number | undefined>;
  /** Gives a port back. */
  release(port: number): void;
}

/** @param avoid Ports that somebody else will need. */
export function openLocalPorts(avoid: readonly number[]): LocalPorts {
  const taken = new Set(avoid);
  return {
    async choose(key) {
      const start = createHash('sha256').update(key).digest().readUInt32BE() % PORTS;
      for (let step = 0; step < PORTS; step += 1) {
        const port = FIRST_PORT + ((start + step) % PORTS);
        if (taken.has(port)) continue;
        // Before the look at it: others choose at the same time.
        taken.add(port);
        if (await isFree(port)) return port;
        taken.delete(port);
      }
      return undefined;
    },
    release: port => void taken.delete(port),
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => void server.close(() => resolve(true)));
  });
}
