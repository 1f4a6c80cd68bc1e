import { spawn } from 'node:child_process';

import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { findProgram } from '../program.ts';

export type GitEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  | Interruption
  /** It cannot be run. */
  | Failure;

/** Runs git in a folder. */
export type RunGit = (folder: string, words: readonly string[], stdin?: string) => Promise<GitEnd>;

/** A hook has variables of its own repository, which is not the one of every folder. */
const OF_ONE_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_CEILING_DIRECTORIES',
];
/** They would change what it prints. */
const OF_OUTPUT = ['GIT_EXTERNAL_DIFF', 'GIT_DIFF_OPTS', 'GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS'];

/** Finds git; what it runs ends when the signal comes. */
export function openGit(signal: AbortSignal): { readonly kind: 'open'; readonly git: RunGit } | Failure {
  const program = findProgram({ wanted: 'git', alsoIn: ['/usr/local/bin', '/opt/homebrew/bin'] });
  if (program === undefined) return failure('git is not installed');
  const env = environment();
  return {
    kind: 'open',
    git: (folder, words, stdin = '') =>
      new Promise(resolve => {
        const child = spawn(program, [...WORDS, ...words], { cwd: folder, env, signal, killSignal: 'SIGKILL' });
        const stdout: Buffer[] = [];
        const stderr: Buffer[] = [];
        child.stdout.on('data', (part: Buffer) => void stdout.push(part));
        child.stderr.on('data', (part: Buffer) => void stderr.push(part));
        child.once('error', error => {
          resolve(signal.aborted ? { kind: 'interrupted' } : failure(`${program}: ${error.message}`));
        });
        child.once('close', code => {
          if (signal.aborted) return resolve({ kind: 'interrupted' });
          const text = Buffer.concat(stderr).toString('utf8').trim();
          if (code === null) return resolve(failure(`git ${words[0] ?? ''} was killed`));
          return resolve({ kind: 'ended', code, stdout: Buffer.concat(stdout), stderr: text });
        });
        // Whoever ends without reading it has said why.
        child.stdin.on('error', () => undefined).end(stdin);
      }),
  };
}

/** A file system monitor is a program that the configuration of a repository names. Old versions lack --no-relative. */
const WORDS = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'diff.relative=false'];

/** Nothing is fetched that a partial clone lacks; git before 2.44 knows only that no protocol is allowed. */
const SETTINGS = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
};

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...SETTINGS };
  for (const name of [...OF_ONE_REPOSITORY, ...OF_OUTPUT]) delete env[name];
  return env;
}

/** What git said when it failed, in one line. */
export function gitProblem(what: string, { stderr }: { readonly stderr: string }): Failure {
  const said = stderr.replaceAll(/\s*\n\s*/g, ' ');
  return failure(`git ${what}: ${said === '' ? 'it failed without a word' : said}`);
}
