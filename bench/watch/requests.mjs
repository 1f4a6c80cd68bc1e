// @ts-check
import { createServer, request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';

const LONGEST_MS = 120_000;

/** What is behind nginx. */
export function startBackend() {
  const server = createServer((_request, response) => void response.end('ok'));
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, close: () => server.close() });
    });
  });
}

/** The status of one request over a connection of its own; 0 for none. */
function statusOf(/** @type {number} */ port, /** @type {string} */ host, /** @type {string} */ path) {
  return new Promise(resolve => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host }, agent: false }, response => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', () => resolve(0)).end();
  });
}

/** Asks again and again until a request is answered with 200, and gives the time of that answer. */
export async function untilServed(/** @type {number} */ port, /** @type {string} */ host, /** @type {string} */ path) {
  const deadline = performance.now() + LONGEST_MS;
  while ((await statusOf(port, host, path)) !== 200) {
    if (performance.now() > deadline) throw new Error(`${host}${path} is not served on port ${port}`);
    await after(1);
  }
  return performance.now();
}
