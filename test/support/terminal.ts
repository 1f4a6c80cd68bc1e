const ESCAPE = '\u001b';
const ERASED = new RegExp(`[^\\n]*\\r${ESCAPE}\\[K`, 'g');

/** What is left on a terminal of what a run wrote: without the line on which a slow one says what it does. */
export function leftOnTerminal(written: string): string {
  return written.replaceAll(ERASED, '');
}
