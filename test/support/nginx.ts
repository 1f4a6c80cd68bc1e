import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { parseNginxVersion } from '../../src/nginx/version.ts';

import type { FileSet } from '../../src/nginx/file-set.ts';
import type { NginxVersion } from '../../src/nginx/version.ts';
import { PATIENCE_MS } from './until.ts';

/** Never root: what we render must work for any user. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
/** Not the variable NGINX, through which nginx itself hands its sockets on. */
const NGINX = [process.env['TEST_NGINX'] ?? '', '/usr/sbin/nginx', '/usr/local/sbin/nginx'].find(existsSync) ?? 'nginx';

export interface RunningNginx {
  readonly folder: string;
  /** What it wrote to logs/error.log so far. */
  readonly errorLog: () => string;
  readonly stop: () => Promise<void>;
}

/** The program that the tests run. */
export function nginxProgram(): string {
  return NGINX;
}

/** Of the nginx that the tests run. */
export function localNginxVersion(): NginxVersion {
  const { stderr } = spawnSync(NGINX, ['-v'], { encoding: 'utf8' });
  const version = parseNginxVersion(stderr);
  if (version === undefined) throw new Error(`no nginx: ${NGINX} -v says ${stderr}`);
  return version;
}

/**
 * Ports below those that the system gives to clients (from 32768 on: one of them could be taken between the look and
 * the start of nginx, which then tries again for seconds) and that `port-forward` takes (from 20000 on), and another
 * range for each worker of the tests.
 */
const RANGE = 1_200;
const FIRST_PORT = 10_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 8) * RANGE;
/** Each file begins elsewhere, so that it does not meet connections of the one before. */
let portsGiven = process.pid % RANGE;

/** Ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    portsGiven = (portsGiven + 1) % RANGE;
    const port = FIRST_PORT + portsGiven;
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** Writes the files into a new folder below the temporary one, which belongs to the user that nginx runs as. */
function writeFileSet({ files, folders }: FileSet): string {
  const root = mkdtempSync(join(tmpdir(), 'ingress2nginx-'));
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  giveToNobody(root);
  return root;
}

/** `nginx -t`, of a folder or of files. The stream module is loaded where nginx has it as a file. */
export function checkNginx(what: string | FileSet): { readonly isFine: boolean; readonly stderr: string } {
  const folder = typeof what === 'string' ? what : writeFileSet(what);
  const words = [...nginxWords(folder), '-t'];
  const { status, stderr } = spawnSync(NGINX, words, { cwd: folder, encoding: 'utf8', ...NOBODY });
  if (typeof what !== 'string') rmSync(folder, { recursive: true });
  return { isFine: status === 0, stderr };
}

/** Starts nginx on a folder (which stays) or on files (whose folder goes when it stops), and waits for the port. */
export async function startNginx(what: string | FileSet, port: number, address = '127.0.0.1'): Promise<RunningNginx> {
  const folder = typeof what === 'string' ? what : writeFileSet(what);
  if (typeof what === 'string') giveToNobody(folder);
  const words = nginxWords(folder, 'daemon off;');
  const child = spawn(NGINX, words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...NOBODY });
  let stderr = '';
  child.stderr.on('data', chunk => void (stderr += String(chunk)));
  const gone = new Promise<void>(done => void child.once('exit', () => done()).once('error', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    if (typeof what !== 'string') rmSync(folder, { recursive: true, force: true });
  };
  const isUp = await Promise.race([answers({ port, address }, Date.now() + PATIENCE_MS), gone.then(() => false)]);
  if (isUp) return { folder, stop, errorLog: () => readFileSync(join(folder, 'logs/error.log'), 'utf8') };
  await stop();
  throw new Error(`nginx did not start: ${stderr}`);
}

function nginxWords(folder: string, directives = ''): readonly string[] {
  const isStream = /^stream \{/m.test(readFileSync(join(folder, 'nginx.conf'), 'utf8'));
  const globals = `${isStream ? loadStream() : ''}${directives}`;
  return ['-p', folder, '-e', 'logs/error.log', '-c', 'nginx.conf', ...(globals === '' ? [] : ['-g', globals])];
}

function loadStream(): string {
  const { stderr } = spawnSync(NGINX, ['-V'], { encoding: 'utf8' });
  const folder = /--modules-path=(\S+)/.exec(stderr)?.[1];
  return stderr.includes('--with-stream=dynamic') ? `load_module ${folder}/ngx_stream_module.so; ` : '';
}

function giveToNobody(path: string): void {
  if (NOBODY === undefined) return;
  chownSync(path, NOBODY.uid, NOBODY.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) giveToNobody(below);
    else chownSync(below, NOBODY.uid, NOBODY.gid);
  }
  chmodSync(path, 0o700);
}

/** Tries until somebody listens or the deadline is over. */
async function answers(place: Place, deadline: number): Promise<boolean> {
  if (await canConnect(place)) return true;
  if (Date.now() > deadline) return false;
  await new Promise(done => void setTimeout(done, 10));
  return answers(place, deadline);
}

interface Place {
  readonly port: number;
  readonly address: string;
}

function canConnect({ port, address }: Place): Promise<boolean> {
  return new Promise(done => {
    const socket = net.connect(port, address);
    socket
      .once('connect', () => void socket.destroy())
      .once('connect', () => done(true))
      .once('error', () => done(false));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise(done => {
    const server = net.createServer();
    server.once('error', () => done(false)).listen(port, () => void server.close(() => done(true)));
  });
}
