import { chmodSync, lchownSync, lstatSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { collect } from '../../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { FileSet } from '../../nginx/file-set.ts';
import { isRoot } from '../../output/act-as.ts';
import { isSystemError } from '../../output/disk.ts';
import { problemForRoot } from '../../output/levels.ts';
import { removeTree } from '../../output/remove-tree.ts';
import type { RunIdentity } from '../../output/staging.ts';
import { writeOutput } from '../../output/write.ts';
import { parseNginxBuild } from './nginx-build.ts';
import { isOnlySockets } from './nginx-trouble.ts';
import { explainLate } from './late-test.ts';
import { findNginx } from './nginx-binary.ts';
import { runProgram } from '../run-program.ts';
import { findUnusedUser } from './unused-user.ts';
import type { ProgramEnd } from '../run-program.ts';

export interface NginxTest {
  /** The `--nginx` of the user. */
  readonly nginx: string | undefined;
  readonly files: FileSet;
  readonly signal: AbortSignal;
  /** How long nginx may test; a minute unless said. */
  readonly timeoutMs?: number;
  readonly run: RunIdentity;
}

export type NginxVerdict =
  /** What nginx wrote to stderr may hold warnings. */
  | { readonly kind: 'accepted'; readonly stderr: string }
  /** What nginx wrote to stderr; paths in it are relative to the output folder. */
  | { readonly kind: 'refused'; readonly stderr: string }
  | Interruption
  /** There is no nginx, or it cannot be run. */
  | Failure;

const LONGEST_TEST_MS = 60_000;

/**
 * Asks the nginx of this machine about a configuration, in a folder of its own that is removed afterwards. nginx runs
 * without privileges and with an empty environment, since reading a configuration can already load code.
 */
export async function testWithNginx({
  nginx,
  files,
  signal,
  timeoutMs = LONGEST_TEST_MS,
  run,
}: NginxTest): Promise<NginxVerdict> {
  const program = findNginx(nginx);
  if (program === undefined) {
    return failure(nginx === undefined ? 'nginx is not installed' : `${nginx} is not a program`);
  }
  const folder = makeTemporary();
  if (typeof folder !== 'string') return folder;
  try {
    const written = await writeOutput({ dir: folder, files, report: collect().report, signal, run });
    if (written.kind === 'interrupted') return written;
    if (written.kind !== 'written') {
      return failure(written.kind === 'failed' ? written.problem : `${folder} is not empty`);
    }
    const user = isRoot() ? findUnusedUser() : undefined;
    if (user !== undefined) showTo(user, folder, files);
    return await testFolder({ program, folder, user, signal, timeoutMs });
  } finally {
    removeTree(folder);
  }
}

const NAME = 'ingress2nginx-test-';

function makeTemporary(): string | Failure {
  try {
    const place = realpathSync(tmpdir());
    const problem = problemForRoot(join(tmpdir(), NAME));
    if (problem !== undefined) return failure(`${problem}; set TMPDIR to another folder`);
    return mkdtempSync(join(place, NAME));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`nginx cannot test in ${tmpdir()}: ${error.message}; set TMPDIR to another folder`);
  }
}

interface FolderTest {
  readonly program: string;
  readonly folder: string;
  readonly user: number | undefined;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

async function testFolder(test: FolderTest): Promise<NginxVerdict> {
  const verdict = judge(await runTest(test, []), test.folder);
  if (verdict.kind !== 'refused' || !verdict.stderr.includes('unknown directive "stream"')) return verdict;
  const streamModule = await findStreamModule(test);
  if (streamModule === undefined) return verdict;
  return judge(await runTest(test, ['-g', `load_module ${streamModule};`]), test.folder);
}

function judge(ended: ProgramEnd, folder: string): NginxVerdict {
  if (ended.kind !== 'ended') return explainLate(ended);
  const stderr = ended.stderr.replaceAll(`${folder}/`, '');
  if (ended.code === 0 || wasRead(ended.stderr)) return { kind: 'accepted', stderr };
  if (/ open\(\) "[^"]*\/nginx\.conf" failed \(13:/.test(ended.stderr)) {
    return failure(
      `nginx runs without privileges during the test and cannot read ${folder}: set TMPDIR to a folder that all users can read`,
    );
  }
  return { kind: 'refused', stderr };
}

/**
 * Only root may listen on ports below 1024, and we don't test as root; another machine may have other addresses. nginx
 * listens last: whoever gets there has a configuration that is right, with certificates that are right.
 */
function wasRead(stderr: string): boolean {
  return stderr.includes('syntax is ok') && isOnlySockets(stderr);
}

function run({ program, folder, user, signal, timeoutMs }: FolderTest, words: readonly string[]): Promise<ProgramEnd> {
  return runProgram({ program, words, cwd: folder, user, signal, timeoutMs });
}

function runTest(test: FolderTest, words: readonly string[]): Promise<ProgramEnd> {
  return run(test, ['-t', '-p', `${test.folder}/`, '-e', 'stderr', '-c', 'nginx.conf', ...words]);
}

/** Debian builds streams as a module of their own. */
async function findStreamModule(test: FolderTest): Promise<string | undefined> {
  const ended = await run(test, ['-V']);
  return ended.kind === 'ended' ? parseNginxBuild(test.program, ended.stderr)?.streamModule : undefined;
}

/**
 * Lets the group of a user read all files and write to what nginx writes to; all stays ours. The folder itself last:
 * until then nobody else gets into it.
 */
function showTo(user: number, folder: string, { folders }: FileSet): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    lchownSync(path, 0, user);
    chmodSync(path, folders.includes(entry) ? 0o770 : lstatSync(path).isDirectory() ? 0o750 : 0o640);
  }
  lchownSync(folder, 0, user);
  chmodSync(folder, 0o750);
}
