import { expect, test } from 'vitest';

import { blocked } from '../../../src/controller-config/blocked.ts';
import type { Blocked } from '../../../src/routing/policies/blocked.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const AGENTS = 'block-user-agents';
const REFERERS = 'block-referers';
const NOBODY: Blocked = { userAgents: [], referers: [], isEverybody: false };
const EVERYBODY: Blocked = { ...NOBODY, isEverybody: true };
const regex = (source: string, isCaseSensitive: boolean) =>
  ({ kind: 'regex', regex: source, isCaseSensitive }) as const;
const text = (word: string) => ({ kind: 'text', text: word }) as const;

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: Blocked; lines?: readonly string[] }>([
  { name: 'nobody is', data: {} },
  { name: 'nobody is, with an empty list', data: { [AGENTS]: ' , ' } },
  {
    name: 'a text is the whole header',
    data: { [AGENTS]: 'BadBot, Worse Bot' },
    asks: { ...NOBODY, userAgents: [text('BadBot'), text('Worse Bot')] },
  },
  {
    name: 'an expression is found in it',
    data: { [REFERERS]: '~^Spam,~*spam\\.example' },
    asks: { ...NOBODY, referers: [regex('^Spam', true), regex('spam\\.example', false)] },
  },
  {
    name: 'quotes are those of nginx',
    data: { [AGENTS]: `"~Bad Bot",'x',""` },
    asks: { ...NOBODY, userAgents: [regex('Bad Bot', true), text('x'), text('')] },
  },
  {
    name: 'what would end the directive is a text',
    data: { [AGENTS]: 'x 1; } return 418; #' },
    asks: { ...NOBODY, userAgents: [text('x 1; } return 418; #')] },
  },
  {
    name: 'the words of nginx are texts',
    data: { [AGENTS]: 'default,include' },
    asks: { ...NOBODY, userAgents: [text('default'), text('include')] },
  },
  {
    name: 'a text counts once, in any case',
    data: { [AGENTS]: 'BadBot,É,badbot,é' },
    asks: { ...NOBODY, userAgents: [text('badbot'), text('É'), text('é')] },
  },
  {
    name: 'everybody is, with an expression that cannot be read',
    data: { [AGENTS]: 'BadBot,~(' },
    asks: EVERYBODY,
    lines: [
      `invalid-guard-option: ${AGENTS}: "BadBot,~(" has "~(", which is an invalid regular expression: unclosed "("`,
    ],
  },
  {
    name: 'everybody is, with no expression at all',
    data: { [REFERERS]: '~*' },
    asks: EVERYBODY,
    lines: [`invalid-guard-option: ${REFERERS}: "~*" has "~*", which is an invalid regular expression: it is empty`],
  },
  {
    name: 'everybody is, with a text that nginx cannot hold',
    data: { [REFERERS]: 'a\u0007b' },
    asks: EVERYBODY,
    lines: [expect.stringContaining('has a control character (code 7) at position 2')],
  },
])('of those who are blocked $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(blocked, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
