import { expect, test } from 'vitest';

import { cookieIn } from '../../../../src/answers/explain/cookies.ts';

/** What nginx 1.22 has in `$cookie_choice`. */
test.each<readonly [sentence: string, header: string, value: string | undefined]>([
  ['ends at a semicolon', 'choice=always; a=b', 'always'],
  ['does not end at a comma', 'choice=always,x', 'always,x'],
  ['is found behind the comma of another cookie', 'a=b,choice=always', 'always'],
  ['is the first of its name', 'choice=a; choice=b', 'a'],
  ['has a name in any case', 'CHOICE=always', 'always'],
  ['may have blanks around its sign', 'choice  =  always', 'always'],
  ['keeps the blanks at its end', 'choice=always ; a', 'always '],
  ['may be empty', 'choice=; a=b', ''],
  ['is none of a name that goes on', 'choices=always', undefined],
  ['is none without a sign', 'choice', undefined],
  ['is not found behind one without a sign and its semicolon', 'choice;choice=always', undefined],
  ['is found behind that of the next', 'choice;a;choice=always', 'always'],
  ['is none in nothing', '', undefined],
])('a cookie %s', (_, header, value) => {
  expect(cookieIn(header, 'choice')).toBe(value);
});
