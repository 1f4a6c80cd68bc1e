import { expect, test } from 'vitest';

import { sourceRange } from '../../../src/annotations/source-range.ts';
import type { SourceRange } from '../../../src/routing/policies/source-range.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;
const allow = 'allowlist-source-range';
const white = 'whitelist-source-range';
const deny = 'denylist-source-range';
const block = 'block-cidrs';

interface Row {
  readonly name: string;
  readonly given: Given;
  readonly options?: Given;
  readonly asks?: SourceRange;
  readonly denied?: string;
  readonly lines?: readonly string[];
}

test.each<Row>([
  { name: 'everybody, where nothing is said', given: {} },
  {
    name: 'those of a list',
    given: { [allow]: '10.0.0.0/8, ::1' },
    asks: { denied: [], allowed: ['10.0.0.0/8', '::1'] },
  },
  {
    name: 'those of a list of the older name',
    given: { [white]: '10.1.1.1/8' },
    asks: { denied: [], allowed: ['10.0.0.0/8'] },
  },
  { name: 'all but those of a list', given: { [deny]: '192.0.2.1' }, asks: { denied: ['192.0.2.1'] } },
  {
    name: 'those of one list without those of another',
    given: { [allow]: '10.0.0.0/8', [deny]: '10.0.0.1,10.0.0.2' },
    asks: { denied: ['10.0.0.1', '10.0.0.2'], allowed: ['10.0.0.0/8'] },
  },
  {
    name: 'all, written out, which counts beside a password',
    given: { [white]: '0.0.0.0/0' },
    asks: { denied: [], allowed: ['0.0.0.0/0'] },
  },
  {
    name: 'those of the newer name where both are there',
    given: { [allow]: '10.0.0.0/8', [white]: '192.0.2.0/24' },
    asks: { denied: [], allowed: ['10.0.0.0/8'] },
    lines: ['annotation-without-effect: whitelist-source-range has no effect beside allowlist-source-range'],
  },
  {
    name: 'those of the older name where the newer one is empty',
    given: { [allow]: '', [white]: '10.0.0.0/8' },
    asks: { denied: [], allowed: ['10.0.0.0/8'] },
  },
  {
    name: 'those of the newer name where the older one is empty',
    given: { [allow]: '10.0.0.0/8', [white]: '' },
    asks: { denied: [], allowed: ['10.0.0.0/8'] },
  },
  ...[allow, white, deny].map(name => ({
    name: `nobody, with an empty ${name}`,
    given: { [name]: '' },
    denied: `${name} is empty`,
    lines: [`invalid-guard: ${name}: "" names no IP address or network`],
  })),
  ...[allow, white, deny].map(name => ({
    name: `nobody, with one wrong entry in ${name}`,
    given: { [name]: '10.0.0.0/8,x' },
    denied: `invalid value in annotation ${name}`,
    lines: [`invalid-guard: ${name}: "10.0.0.0/8,x" has "x", which is no IP address or network`],
  })),
  {
    name: 'nobody, with a wrong list beside a right one',
    given: { [allow]: '10.0.0.0/8', [deny]: '192.0.2.0/33' },
    denied: 'invalid value in annotation denylist-source-range',
    lines: [
      'invalid-guard: denylist-source-range: "192.0.2.0/33" has "192.0.2.0/33", which is no IP address or network',
    ],
  },
  {
    name: 'those of the options, where nothing else is said',
    given: {},
    options: { [white]: '10.0.0.0/8', [deny]: '10.0.0.1' },
    asks: { denied: ['10.0.0.1'], allowed: ['10.0.0.0/8'] },
  },
  { name: 'everybody, with options that are empty', given: {}, options: { [white]: '', [deny]: ' , ' } },
  {
    name: 'those of an annotation in place of the option',
    given: { [white]: '192.0.2.0/24' },
    options: { [white]: '10.0.0.0/8', [deny]: '10.0.0.1' },
    asks: { denied: ['10.0.0.1'], allowed: ['192.0.2.0/24'] },
  },
  {
    name: 'those of the option beside a list of others',
    given: { [deny]: '192.0.2.0/24' },
    options: { [white]: '10.0.0.0/8', [deny]: '10.0.0.1' },
    asks: { denied: ['192.0.2.0/24'], allowed: ['10.0.0.0/8'] },
  },
  {
    name: 'none of those who are blocked on all hosts',
    given: { [white]: '10.0.0.0/8', [deny]: '10.0.0.2' },
    options: { [block]: '10.0.0.1' },
    asks: { denied: ['10.0.0.1', '10.0.0.2'], allowed: ['10.0.0.0/8'] },
  },
  { name: 'those whom http{} lets in, without a list of its own', given: {}, options: { [block]: '10.0.0.1' } },
  {
    name: 'nobody, with a wrong option',
    given: {},
    options: { [white]: '10.0.0.0/8,office' },
    asks: { denied: [], allowed: [] },
    lines: [
      'invalid-guard-option: whitelist-source-range: "10.0.0.0/8,office" has "office", which is no IP address or network',
    ],
  },
  {
    name: 'nobody, with a wrong list of those to keep out',
    given: {},
    options: { [deny]: 'all' },
    asks: { denied: ['0.0.0.0/0', '::/0'] },
    lines: ['invalid-guard-option: denylist-source-range: "all" has "all", which is no IP address or network'],
  },
])('a location lets in $name', ({ given, options = {}, asks, denied, lines = [] }) => {
  const run = runFamily(sourceRange, given, { options });
  expect(run.policy).toEqual(asks);
  expect(run.denied).toBe(denied);
  expect(linesOf(run.found)).toEqual(lines);
});

test.each<{ name: string; given: Given; options?: Given; askers: readonly string[] }>([
  { name: 'the annotation', given: { [allow]: '10.0.0.0/8' }, askers: [`annotation ${allow}`] },
  {
    name: 'its older name',
    given: { [white]: '10.0.0.0/8' },
    options: { [white]: '10.0.0.0/9' },
    askers: [`annotation ${white}`],
  },
  {
    name: 'an option beside an annotation',
    given: { [deny]: '192.0.2.0/24' },
    options: { [white]: '10.0.0.0/8' },
    askers: [`option ${white}`, `annotation ${deny}`],
  },
  { name: 'the option', given: {}, options: { [white]: '10.0.0.0/8' }, askers: [`option ${white}`] },
])('who gets in is the word of $name', ({ given, options = {}, askers }) => {
  expect(runFamily(sourceRange, given, { options }).askers).toEqual(askers);
});

test.each<{ name: string; data: Given; asks?: SourceRange; lines?: readonly string[] }>([
  { name: 'everybody, unless options say so', data: { [white]: '10.0.0.0/8' } },
  {
    name: 'all but those of block-cidrs',
    data: { [block]: '192.0.2.1,2001:db8::/32' },
    asks: { denied: ['192.0.2.1', '2001:db8::/32'] },
  },
  {
    name: 'nobody, with a wrong block-cidrs',
    data: { [block]: '192.0.2.1 all' },
    asks: { denied: ['0.0.0.0/0', '::/0'] },
    lines: [
      'invalid-guard-option: block-cidrs: "192.0.2.1 all" has "192.0.2.1 all", which is no IP address or network',
    ],
  },
])('nginx lets in $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(sourceRange, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual(lines);
});
