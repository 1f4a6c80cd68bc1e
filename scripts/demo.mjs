// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** @typedef {{ readonly pod: string, readonly address: string }} Pod */
/** @typedef {{ readonly url: string, readonly user?: string, readonly status: number, readonly by: string }} Ask */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'bin', 'ingress2nginx.js');
const START_MS = 5_000;

/**
 * The pods of fixtures/demo/endpoints.yaml, by the port that stands there.
 * @type {Readonly<Record<string, readonly Pod[]>>}
 */
const PODS = {
  8081: [
    { pod: 'web-1', address: '127.0.0.11' },
    { pod: 'web-2', address: '127.0.0.12' },
  ],
  8082: [{ pod: 'cart-1', address: '127.0.0.21' }],
  8083: [{ pod: 'reports-1', address: '127.0.0.31' }],
};

/**
 * What is asked, and who has to answer what.
 * @type {readonly Ask[]}
 */
const ASKED = [
  { url: 'http://shop.example.com/', status: 200, by: 'web' },
  { url: 'http://shop.example.com/', status: 200, by: 'web' },
  { url: 'http://shop.example.com/cart/items', status: 200, by: 'cart-1 saw /cart/items' },
  { url: 'http://office.example.com/reports/2024', status: 401, by: 'nginx' },
  { url: 'http://office.example.com/reports/2024', user: 'ada:open-sesame', status: 200, by: 'reports-1 saw /2024' },
  { url: 'http://unknown.example.com/', status: 404, by: 'nginx' },
];

/** What must be stopped or removed in the end, the last first. @type {(() => unknown)[]} */
const undo = [];

async function listen(
  /** @type {import('node:http').Server} */ server,
  /** @type {number} */ port,
  address = '127.0.0.1',
) {
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => resolve(undefined));
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

/** Starts the pods behind one port, and gives a port that is free on the addresses of all. */
async function startPods(/** @type {readonly Pod[]} */ pods) {
  let port = 0;
  for (const { pod, address } of pods) {
    const server = createServer((incoming, outgoing) => outgoing.end(`${pod} saw ${incoming.url}`));
    port = await listen(server, port, address);
    undo.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
  }
  return port;
}

/** A port that is free now, and below those that the system gives to clients: none takes it before nginx does. */
async function freePort() {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  const isFree = await listen(server, port, '0.0.0.0').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  await new Promise(resolve => void server.close(resolve));
  return port;
}

/** A copy of the fixture whose endpoints are the pods that run here. */
async function manifests(/** @type {string} */ folder) {
  const fixture = join(ROOT, 'fixtures', 'demo');
  const ports = new Map();
  for (const [written, pods] of Object.entries(PODS)) ports.set(written, await startPods(pods));
  for (const name of readdirSync(fixture)) {
    const text = readFileSync(join(fixture, name), 'utf8');
    writeFileSync(
      join(folder, name),
      text.replaceAll(/(?<=[pP]ort: )\d{4}/g, written => ports.get(written) ?? written),
    );
  }
}

/** Runs the command as a user would, and shows what it says. */
function ingress2nginx(/** @type {readonly string[]} */ ...words) {
  const shown = words.map(word => word.replace(ROOT, ''));
  console.log(`\n$ ingress2nginx ${shown.join(' ')}`);
  const { status } = spawnSync(process.execPath, [BIN, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`it ended with ${status}`);
}

function showFiles(/** @type {string} */ folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = entries.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1)).toSorted();
  console.log(`\nWritten to ${folder}:`);
  for (const name of names) console.log(`  ${name} (${readFileSync(join(folder, name)).length} bytes)`);
}

/** Resolves when somebody listens on the port; rejects when nobody does in time or `ended` says that nobody will. */
async function waitForPort(/** @type {number} */ port, /** @type {() => boolean} */ ended) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && !ended()) {
    const isOpen = await new Promise(resolve => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await pause(50);
  }
  throw new Error('nginx did not start');
}

/** Starts nginx in the foreground, as the user that we are. */
async function startNginx(/** @type {string} */ folder, /** @type {number} */ port) {
  const directives = process.getuid?.() === 0 ? 'daemon off; user root;' : 'daemon off;';
  const nginx = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr', '-g', directives], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise(resolve => void nginx.once('exit', resolve).once('error', resolve));
  undo.push(async () => {
    nginx.kill('SIGTERM');
    await ended;
  });
  await waitForPort(port, () => nginx.exitCode !== null);
}

/** Sends one request to our nginx, whatever the name of the host, and gives status and body. */
function ask(/** @type {Ask} */ { url, user }, /** @type {number} */ port) {
  const { host, pathname } = new URL(url);
  const headers =
    user === undefined ? { host } : { host, authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  /** @type {Promise<{ status: number | undefined, body: string }>} */
  const answer = new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: pathname, headers, agent: false, timeout: START_MS });
    sent.on('timeout', () => sent.destroy(new Error(`no answer to ${url}`))).on('error', reject);
    sent.on('response', incoming => {
      let body = '';
      incoming.setEncoding('utf8').on('data', chunk => (body += chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode, body: body.includes('<html>') ? 'nginx' : body }),
      );
    });
    sent.end();
  });
  return answer;
}

async function askAll(/** @type {number} */ port) {
  console.log(`\nnginx listens on port ${port}:`);
  for (const asked of ASKED) {
    const { status, body } = await ask(asked, port);
    const who = asked.user === undefined ? '' : ` as ${asked.user}`;
    console.log(`  GET ${asked.url}${who} -> ${status} ${body}`);
    if (status !== asked.status || !body.startsWith(asked.by)) throw new Error(`expected ${asked.status} ${asked.by}`);
  }
}

async function demo() {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-demo-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const [input, output] = [mkdtempSync(join(folder, 'shop-')), join(folder, 'out')];
  await manifests(input);
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  ingress2nginx('render', input, '-o', output, '--http-port', `${httpPort}`, '--https-port', `${httpsPort}`, '--quiet');
  showFiles(output);
  ingress2nginx('routes', join(ROOT, 'fixtures/demo'), '--quiet');
  if (spawnSync('nginx', ['-v']).status !== 0) return console.log('\nThere is no nginx here, so nothing is served.');
  await startNginx(output, httpPort);
  await askAll(httpPort);
  return console.log('\nAll as expected. nginx and the pods are stopped, the folder is removed.');
}

async function cleanUp() {
  for (const step of undo.splice(0).toReversed()) await step();
}

process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)));
// Debian keeps nginx where only root looks.
process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
try {
  await demo();
} catch (error) {
  console.error('\nThe demo failed:', error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
