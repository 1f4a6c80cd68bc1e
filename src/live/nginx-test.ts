import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { collect } from '../diagnostics/diagnostic.ts';
import type { FileSet } from '../nginx/file-set.ts';
import type { RunIdentity } from '../output/staging.ts';
import { writeOutput } from '../output/write.ts';
import { findNginx } from './nginx-binary.ts';

export interface NginxTest {
  /** The `--nginx` of the user. */
  readonly nginx: string | undefined;
  readonly files: FileSet;
  readonly signal: AbortSignal;
  readonly run: RunIdentity;
}

export type NginxVerdict =
  | { readonly kind: 'accepted' }
  /** What nginx wrote to stderr; paths in it are relative to the output folder. */
  | { readonly kind: 'refused'; readonly stderr: string }
  | { readonly kind: 'interrupted' }
  /** There is no nginx, or it cannot be run. */
  | { readonly kind: 'failed'; readonly problem: string };

const LONGEST_TEST_MS = 60_000;
const LONGEST_STDERR = 100_000;
/** The user `nobody`, which owns nothing. */
const NOBODY = 65_534;

/**
 * Asks the nginx of this machine about a configuration, in a folder of its own that is removed afterwards. nginx runs
 * without privileges and with an empty environment, since reading a configuration can already load code.
 */
export async function testWithNginx({ nginx, files, signal, run }: NginxTest): Promise<NginxVerdict> {
  const program = findNginx(nginx);
  if (program === undefined) {
    return { kind: 'failed', problem: nginx === undefined ? 'nginx is not installed' : `${nginx} is not a program` };
  }
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'ingress2nginx-test-'));
  try {
    const written = await writeOutput({ dir: folder, files, report: collect().report, signal, run });
    if (written.kind === 'interrupted') return written;
    if (written.kind !== 'written') {
      return { kind: 'failed', problem: written.kind === 'failed' ? written.problem : `${folder} is not empty` };
    }
    const user = process.getuid?.() === 0 ? NOBODY : undefined;
    if (user !== undefined) giveTo(user, folder);
    return await testFolder({ program, folder, user, signal });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface FolderTest {
  readonly program: string;
  readonly folder: string;
  readonly user: number | undefined;
  readonly signal: AbortSignal;
}

async function testFolder(test: FolderTest): Promise<NginxVerdict> {
  const verdict = judge(await runNginx(test, []), test.folder);
  if (verdict.kind !== 'refused' || !verdict.stderr.includes('unknown directive "stream"')) return verdict;
  const streamModule = await findStreamModule(test);
  if (streamModule === undefined) return verdict;
  return judge(await runNginx(test, ['-g', `load_module ${streamModule};`]), test.folder);
}

function judge(ended: Ended, folder: string): NginxVerdict {
  if (ended.kind !== 'ended') return ended;
  if (ended.code === 0 || isOnlyForbiddenPort(ended.stderr)) return { kind: 'accepted' };
  if (/ open\(\) "[^"]*\/nginx\.conf" failed \(13:/.test(ended.stderr)) {
    return {
      kind: 'failed',
      problem: `nginx, without privileges, cannot read below ${folder}: set TMPDIR to a folder for all`,
    };
  }
  return { kind: 'refused', stderr: ended.stderr.replaceAll(`${folder}/`, '') };
}

/**
 * Only root may listen on ports below 1024, and we don't test as root. nginx listens last: whoever gets there has a
 * configuration that is right, with certificates that are right.
 */
function isOnlyForbiddenPort(stderr: string): boolean {
  const failures = stderr.split('\n').filter(line => /\[(?:emerg|alert|crit)\]/.test(line));
  return (
    stderr.includes('syntax is ok') &&
    failures.length > 0 &&
    failures.every(line => /\bbind\(\) to \S+ failed \(13:/.test(line))
  );
}

type Ended =
  | { readonly kind: 'ended'; readonly code: number; readonly stderr: string }
  | Extract<NginxVerdict, { kind: 'interrupted' | 'failed' }>;

function runNginx({ program, folder, user, signal }: FolderTest, words: readonly string[]): Promise<Ended> {
  const all = ['-t', '-p', `${folder}/`, '-e', 'stderr', '-c', 'nginx.conf', ...words];
  return runProgram({ program, words: all, cwd: folder, user, signal });
}

/** `nginx -V` says where modules lie; Debian builds streams as one. */
async function findStreamModule({ program, folder, user, signal }: FolderTest): Promise<string | undefined> {
  const ended = await runProgram({ program, words: ['-V'], cwd: folder, user, signal });
  const modules = ended.kind === 'ended' ? /--modules-path=(\S+)/.exec(ended.stderr)?.[1] : undefined;
  const path = modules === undefined ? undefined : join(modules, 'ngx_stream_module.so');
  return path !== undefined && existsSync(path) ? path : undefined;
}

interface Program {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly user: number | undefined;
  readonly signal: AbortSignal;
}

function runProgram({ program, words, cwd, user, signal }: Program): Promise<Ended> {
  return new Promise(resolve => {
    const child = spawn(program, words, {
      cwd,
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LONGEST_TEST_MS,
      killSignal: 'SIGKILL',
      signal,
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    let stderr = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      if (stderr.length < LONGEST_STDERR) stderr += text;
    });
    child.on('error', error => {
      resolve(signal.aborted ? { kind: 'interrupted' } : { kind: 'failed', problem: `${program}: ${error.message}` });
    });
    child.on('close', (code, killedBy) => {
      if (code !== null) resolve({ kind: 'ended', code, stderr });
      else
        resolve({
          kind: 'failed',
          problem: `${program} -t was ended by ${String(killedBy)} after at most ${LONGEST_TEST_MS / 1000} s`,
        });
    });
  });
}

function giveTo(user: number, folder: string): void {
  chownSync(folder, user, user);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, entry), user, user);
}
