import { readRegex } from '../routing/pcre.ts';
import { problemOfText } from '../routing/text.ts';

import type { Word } from './lexer.ts';
import { refused } from './refused.ts';
import type { Refused } from './refused.ts';
import { shown } from './template.ts';

/** A regular expression that nginx takes, without names of groups. */
export function readExpression(word: Word): { readonly regex: string } | Refused {
  const { text } = word;
  const unwritable = problemOfText(text);
  if (unwritable !== undefined) return refused(word, `${shown(word)} ${unwritable}`, 'shorten it');
  const { problem, names } = readRegex(text);
  if (text === '' || problem !== undefined) {
    return refused(word, `${shown(word)} is no regular expression: ${problem ?? 'it is empty'}`, 'correct it');
  }
  if (names.size > 0) return refused(word, `${shown(word)} names its groups`, 'use "(" alone, and $1 to $9');
  return { regex: text };
}
