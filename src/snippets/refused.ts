import type { Problem, Word } from './lexer.ts';

/** What cannot be taken, and why. */
export interface Refused {
  readonly refused: Problem;
}

export function refused({ offset }: Word, message: string, help: string): Refused {
  return { refused: { offset, message, help } };
}

export function isRefused(value: object): value is Refused {
  return 'refused' in value;
}
