import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `--format json` says of one finding. */
export interface FoundJson {
  readonly file?: string;
  readonly line?: number;
  readonly rule: string;
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly help?: string;
  readonly related: readonly { readonly message: string }[];
}

/** What CI systems set, whose checkout is not that of a test. */
const OF_CI = { GITHUB_ACTIONS: undefined, GITHUB_WORKSPACE: undefined, CI_PROJECT_DIR: undefined };

/**
 * Runs the built program with a text on its standard input, and waits for its end.
 *
 * @param more further variables of its environment
 */
export function runBin(words: readonly string[], stdin = '', cwd?: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...OF_CI, NO_COLOR: '1', ...more };
    const child = spawn(process.execPath, [BIN, ...words], { env, ...(cwd === undefined ? {} : { cwd }) });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => void (stdout += String(chunk)));
    child.stderr.on('data', chunk => void (stderr += String(chunk)));
    child.once('error', reject);
    child.once('close', code => resolve({ code, stdout, stderr }));
    // A program that refuses its flags ends before it has read anything.
    child.stdin.on('error', () => undefined).end(stdin);
  });
}

/** The findings in what a run with `--format json` wrote to stderr. */
export function findingsOf({ stderr }: Run): readonly FoundJson[] {
  return (JSON.parse(stderr) as { readonly diagnostics: readonly FoundJson[] }).diagnostics;
}
