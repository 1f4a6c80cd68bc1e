// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** Where build.sh leaves the two programs. */
const BIN = join(
  process.env['KUBE_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'kube-apiserver-1.20'),
  'bin',
);
/** @type {readonly ['etcd', 'kube-apiserver']} */
const PARTS = ['etcd', 'kube-apiserver'];
const READY_MS = 90_000;

/** @typedef {{ readonly port: number, readonly etcdPort: number, readonly peerPort: number }} Ports */
/** @typedef {(typeof PARTS)[number]} Part */

/**
 * A kube-apiserver with its etcd on loopback. State and logs are in the folder, which belongs to the caller. Nothing
 * else of a cluster runs: no controller makes EndpointSlices, and a deleted namespace stays.
 * @param {string} folder
 * @param {{ readonly flags?: readonly string[], readonly isRbac?: boolean }} [options]
 */
export async function startKubeApiserver(folder, { flags = [], isRbac = false } = {}) {
  if (!existsSync(join(BIN, 'kube-apiserver'))) {
    throw new Error('there is no kube-apiserver: run scripts/kube-apiserver/build.sh');
  }
  const [port = 0, etcdPort = 0, peerPort = 0] = await freePorts(3);
  makeKeys(folder);
  const kubeconfig = writeKubeconfig(folder, 'kubeconfig', port);
  const words = commandLines(folder, { port, etcdPort, peerPort }, isRbac);
  words['kube-apiserver'].push(...flags);
  const parts = createParts(folder, words);
  const start = async () => {
    parts.start();
    for (const deadline = Date.now() + READY_MS; !isReady(kubeconfig); await after(100)) {
      const gone = parts.missing() ?? (Date.now() > deadline ? 'kube-apiserver' : undefined);
      if (gone === undefined) continue;
      await parts.stop();
      throw new Error(`${gone} does not run: ${readFileSync(join(folder, `${gone}.log`), 'utf8').slice(-2_000)}`);
    }
  };
  await start();
  return {
    port,
    kubeconfig,
    /** A kubeconfig for another port of this machine, behind which the server is. */
    kubeconfigAt: (/** @type {number} */ port) => writeKubeconfig(folder, `kubeconfig-${port}`, port),
    /** Brings back whatever does not run, and waits until it answers. */
    start,
    /** Kills one of the two at once, as a crash does. */
    kill: parts.kill,
    stop: parts.stop,
    /** Makes etcd forget all versions before the present one. */
    compact: () => compact(etcdPort),
  };
}

/**
 * The two processes. Those that run die with this one.
 * @param {string} folder
 * @param {Record<Part, string[]>} words
 */
function createParts(folder, words) {
  /** @type {Map<Part, import('node:child_process').ChildProcess>} */
  const children = new Map();
  const killAll = () => {
    for (const child of children.values()) child.kill('SIGKILL');
  };
  process.on('exit', killAll);
  const missing = () => PARTS.find(part => !children.has(part));
  const start = () => {
    for (const part of PARTS) {
      if (children.has(part)) continue;
      const log = openSync(join(folder, `${part}.log`), 'a');
      const child = spawn(join(BIN, part), words[part], { stdio: ['ignore', log, log] });
      closeSync(log);
      children.set(part, child);
      child.once('exit', () => void (children.get(part) === child && children.delete(part)));
    }
  };
  const kill = async (/** @type {Part} */ part) => {
    const child = children.get(part);
    if (child === undefined) return;
    const gone = new Promise(resolve => void child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  const stop = async () => {
    process.off('exit', killAll);
    for (const part of PARTS.toReversed()) await kill(part);
  };
  return { start, missing, kill, stop };
}

/** @typedef {Awaited<ReturnType<typeof startKubeApiserver>>} KubeApiserver */

/** Two namespaces are there once the server works: readyz says ok a little too early. */
function isReady(/** @type {string} */ kubeconfig) {
  const get = (/** @type {string} */ path) =>
    spawnSync('kubectl', ['--kubeconfig', kubeconfig, 'get', '--raw', path], { stdio: 'ignore' }).status === 0;
  return get('/readyz') && get('/api/v1/namespaces/default');
}

/** @param {Readonly<Record<string, string>>} flags */
function wordsOf(flags) {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

/**
 * The command line of each, without the program.
 * @param {string} folder
 * @param {Ports} ports
 * @param {boolean} isRbac
 * @returns {Record<Part, string[]>}
 */
function commandLines(folder, { port, etcdPort, peerPort }, isRbac) {
  const [client, peer] = [`http://127.0.0.1:${etcdPort}`, `http://127.0.0.1:${peerPort}`];
  const key = (/** @type {string} */ name) => join(folder, 'pki', name);
  const etcd = wordsOf({
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    // Nothing here must outlive a crash of the machine.
    'unsafe-no-fsync': 'true',
    'log-level': 'warn',
    logger: 'zap',
  });
  const server = wordsOf({
    'etcd-servers': client,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': String(port),
    'endpoint-reconciler-type': 'none',
    'service-cluster-ip-range': '10.0.0.0/16',
    'authorization-mode': isRbac ? 'RBAC' : 'AlwaysAllow',
    'tls-cert-file': key('tls.crt'),
    'tls-private-key-file': key('tls.key'),
    'cert-dir': key(''),
    'token-auth-file': key('tokens.csv'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': key('sa.pub'),
    'service-account-signing-key-file': key('sa.key'),
    'disable-admission-plugins': 'ServiceAccount',
  });
  return { etcd, 'kube-apiserver': server };
}

function openssl(/** @type {readonly string[]} */ words) {
  const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${words.join(' ')}: ${stderr}`);
}

/** A certificate that is its own CA, the key of service accounts, and the tokens of two users. */
function makeKeys(/** @type {string} */ folder) {
  const key = (/** @type {string} */ name) => join(folder, 'pki', name);
  if (existsSync(key('tokens.csv'))) return;
  mkdirSync(key(''), { recursive: true, mode: 0o700 });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'];
  const names = 'subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:kubernetes.default.svc';
  const files = ['-keyout', key('tls.key'), '-out', key('tls.crt')];
  openssl(['req', '-x509', ...curve, '-subj', '/CN=kube-apiserver', '-addext', names, ...files]);
  openssl(['genrsa', '-out', key('sa.key'), '2048']);
  openssl(['rsa', '-in', key('sa.key'), '-pubout', '-out', key('sa.pub')]);
  writeFileSync(key('tokens.csv'), 'admin-token,admin,1,"system:masters"\ndev-token,dev,2\n', { mode: 0o600 });
}

/** Contexts `admin`, who may do everything, and `dev`, who with RBAC may do nothing. */
function writeKubeconfig(/** @type {string} */ folder, /** @type {string} */ name, /** @type {number} */ port) {
  const path = join(folder, name);
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority': join(folder, 'pki/tls.crt') };
  const users = ['admin', 'dev', 'stranger'];
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'admin',
    clusters: [{ name: 'test', cluster }],
    users: users.map(name => ({ name, user: { token: `${name}-token` } })),
    contexts: users.map(name => ({ name, context: { cluster: 'test', user: name } })),
  };
  writeFileSync(path, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
  return path;
}

/** Etcd speaks JSON, too. A version that does not exist is answered with the one that does. */
async function compact(/** @type {number} */ etcdPort) {
  const { header } = await postJson(etcdPort, '/v3/kv/range', { key: Buffer.from('\0').toString('base64') });
  await postJson(etcdPort, '/v3/kv/compaction', { revision: header.revision, physical: true });
}

/** @returns {Promise<any>} */
function postJson(/** @type {number} */ port, /** @type {string} */ path, /** @type {object} */ body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST' }, response => {
      let text = '';
      response.on('data', chunk => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text))));
    });
    sent.on('error', reject).end(JSON.stringify(body));
  });
}

/** Below the ports that the system gives to clients. */
async function freePorts(/** @type {number} */ count) {
  /** @type {Set<number>} */
  const ports = new Set();
  while (ports.size < count) {
    const port = 30_500 + Math.floor(Math.random() * 2_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

/** @returns {Promise<boolean>} */
function isFree(/** @type {number} */ port) {
  return new Promise(done => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => void server.close(() => done(true)));
  });
}
