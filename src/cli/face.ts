import { fstatSync } from 'node:fs';

import { internalError, messageOf } from '../diagnostics/failure.ts';
import { readable } from '../diagnostics/visible.ts';
import { visibleJsonLine } from '../report/plain-text.ts';
import type { StderrForm } from './stderr-form.ts';

/** 0 fine, 1 findings or a 'no', 2 wrong usage, 3 the environment or a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

export type ColourChoice = 'auto' | 'always' | 'never';

/** Writes a result, to stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes everything that is not the result, to stderr. */
export function say(text: string): void {
  process.stderr.write(text);
}

/** What the command line asked for: one program has one stderr. */
const stderr: { form: StderrForm } = { form: 'text' };

export function setStderrForm(form: StderrForm): void {
  stderr.form = form;
}

/** How loud a message of the program itself is, and what stands before it in text. */
const LEADS = { error: 'error: ', trouble: 'ingress2nginx: ', note: '' } as const;

/**
 * Writes a message of the program itself to stderr, in the form that the command line asks for: wrong usage (`error`),
 * trouble of the environment, or a note.
 */
export function tell(kind: keyof typeof LEADS, text: string): void {
  const level = kind === 'note' ? 'info' : 'error';
  switch (stderr.form) {
    case 'text':
      return say(`${LEADS[kind]}${readable(text)}\n`);
    case 'json':
      return say(`${visibleJsonLine({ formatVersion: 1, level, message: text })}\n`);
    case 'json-log': {
      const head = { time: new Date().toISOString(), level, event: kind === 'note' ? 'note' : 'fatal' };
      return say(`${visibleJsonLine({ ...head, message: text })}\n`);
    }
  }
}

/** Says what commander found wrong with the command line. It begins with `error: ` and ends in a newline. */
export function tellUsage(text: string): void {
  const [problem = ''] = text.split('\n\nExamples:');
  if (stderr.form === 'text') say(text);
  else
    tell(
      'error',
      problem
        .replace(/^error: /, '')
        .trim()
        .replaceAll(/\s*\n\s*/g, ' '),
    );
}

export function endWith(code: ExitCode): void {
  process.exitCode = code;
}

/** A reader that goes away (`| head`) ends the run quietly; a full disk does not. */
export function watchStreams(): void {
  let hasFailed = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', error => {
      if ('code' in error && error.code === 'EPIPE') return;
      if (stream === process.stdout) tell('trouble', `stdout: ${error.message}`);
      // The log of a watch can fail again and again.
      if (!hasFailed) process.once('exit', () => endWith(3));
      hasFailed = true;
    });
  }
}

/** Whether something waits on stdin: a pipe or a file, but neither a terminal nor /dev/null. */
export function isStdinPiped(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isFile() || stats.isSocket();
  } catch {
    return false; // stdin is closed
  }
}

/** Whether a shell put it there, by `|` or `<`. */
export function isStdinFromShell(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isFile();
  } catch {
    return false; // stdin is closed
  }
}

/** Everything that waits on stdin. */
export async function readStdin(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** Says which paths of the command line lead nowhere. */
export function refuseMissing(paths: readonly string[]): ExitCode {
  for (const path of paths) tell('error', `${JSON.stringify(path)} does not exist`);
  return 2;
}

/** Whether text for the stream may hold colours. A flag beats FORCE_COLOR, which beats NO_COLOR, as in Node. */
export function isColoured(stream: 'stdout' | 'stderr', choice: ColourChoice): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = process.env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return (no ?? '') === '' && process[stream].isTTY && terminal !== 'dumb';
}

/** Whether stderr is a terminal on which a line can be written anew. */
export function canMoveCursor(): boolean {
  return process.stderr.isTTY && process.env['TERM'] !== 'dumb';
}

/** Columns of the terminal; a usual width where there is none. */
export function columnsOfTerminal(stream: 'stdout' | 'stderr' = 'stderr'): number {
  return wrapColumns(stream) ?? 120;
}

/** A terminal that is narrower says nothing that could be read. */
const LEAST_COLUMNS = 20;

/** Columns at which lines for people are broken; undefined where no terminal shows them, or it does not know. */
export function wrapColumns(stream: 'stdout' | 'stderr'): number | undefined {
  const { isTTY, columns } = process[stream];
  return isTTY && columns >= LEAST_COLUMNS ? columns : undefined;
}

/** Something went wrong that the user did not write: no stack, unless somebody looks for the bug. */
export function tellBug(error: unknown): void {
  if (stderr.form === 'text') say(explainBug(error));
  else tell('trouble', internalError(error));
}

export function explainBug(error: unknown): string {
  const text = messageOf(error);
  const isWanted = error instanceof Error && process.env['INGRESS2NGINX_DEBUG'] === '1';
  const stack = isWanted ? (error.stack ?? '').split('\n').map(line => `${readable(line)}\n`) : [];
  const advice = 'this is a bug in ingress2nginx, please report it; set INGRESS2NGINX_DEBUG=1 for a stack trace';
  return `${stack.join('')}ingress2nginx: internal error: ${readable(text)}\n  ${advice}\n`;
}
