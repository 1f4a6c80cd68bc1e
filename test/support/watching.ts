import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { PATIENCE_MS } from './until.ts';

const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

/** A line of `--log-format json`. */
export interface LogObject {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Watching {
  readonly pid: number;
  /** All that it wrote to stderr so far. */
  readonly text: () => string;
  /** The lines of stderr that are JSON, which are all with `--log-format json`. */
  readonly log: () => readonly LogObject[];
  /** Where the log is now: lines from here on are new. */
  readonly mark: () => number;
  /** The first line from `since` on that matches. */
  readonly until: (matches: (line: LogObject) => boolean, since?: number) => Promise<LogObject>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code, once it has ended; the name of the signal if one ended it. */
  readonly ended: Promise<number | string>;
  /** Ends it if it still runs, and gives its exit code. */
  readonly stop: (name?: NodeJS.Signals) => Promise<number | string>;
}

/** Starts the built program with `--watch --log-format json` and these words; `text` in the options leaves that out. */
export function startWatching(
  words: readonly string[],
  options: { readonly cwd?: string; readonly format?: 'json' | 'text'; readonly env?: NodeJS.ProcessEnv } = {},
): Watching {
  const { cwd, format = 'json', env = {} } = options;
  const child = spawn(process.execPath, [BIN, ...words, '--watch', '--log-format', format], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  let text = '';
  let rest = '';
  const lines: LogObject[] = [];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const complete = (rest + chunk).split('\n');
    rest = complete.pop() ?? '';
    lines.push(...complete.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as LogObject));
  });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  const log = (): readonly LogObject[] => lines;
  return {
    pid: child.pid ?? 0,
    text: () => text,
    log,
    mark: () => log().length,
    until: (matches, since = 0) =>
      eventually(
        `a line of the log`,
        () => log().slice(since).find(matches),
        () => text,
      ),
    signal: name => void child.kill(name),
    ended,
    stop(name = 'SIGTERM') {
      child.kill(name);
      return ended;
    },
  };
}

/** Asks until there is an answer. Fails with what `explain` says. */
export async function eventually<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
  explain: () => string = () => '',
): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(done => void setTimeout(done, 20));
  }
  throw new Error(`waited in vain for ${what}\n${explain()}`);
}
