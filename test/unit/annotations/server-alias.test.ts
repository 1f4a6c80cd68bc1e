import { expect, test } from 'vitest';

import { serverAlias } from '../../../src/annotations/server-alias.ts';
import { planOf } from '../../support/annotations.ts';
import { appOf, compiled, ingressOf } from '../../support/resources.ts';

test.each<{ text: string; names: readonly string[] | undefined; lines?: readonly string[] }>([
  { text: 'b.io, A.io,b.io,', names: ['a.io', 'b.io'] },
  { text: '*.a.io,.b.io,c.*', names: ['*.a.io', '*.b.io', 'b.io', 'c.*'] },
  { text: String.raw`~^www\d+\.A\.io$`, names: [String.raw`~^www\d+\.A\.io$`] },
  { text: '', names: undefined },
  ...['a.*.io', '*.a.*', 'a..io', '~', 'a/b', '$hostname', '~(', '[a]'].map(text => ({
    text,
    names: undefined,
    lines: [expect.stringMatching(/^invalid-annotation-value: server-alias: ".*" is no.*: it is left out$/)],
  })),
  {
    text: 'a.io,b/c',
    names: ['a.io'],
    lines: ['invalid-annotation-value: server-alias: "b/c" is no name of a host: it is left out'],
  },
])('the further names of "$text"', ({ text, names, lines = [] }) => {
  const run = planOf(serverAlias, { 'server-alias': text });
  expect(run.plan.aliases?.names).toEqual(names);
  expect(run.lines).toEqual(lines);
});

test.each(['a.io;', 'a.io b.io', '"a.io"'])('%s closes the locations', text => {
  const [closes] = planOf(serverAlias, { 'server-alias': text }).plan.closes;
  expect(closes).toEqual({ closes: 'dropped', reason: 'invalid value in annotation server-alias' });
});

const asking = (name: string, host: string, alias: string, createdAt: string) =>
  ingressOf({ name, createdAt, hosts: { [host]: [[`/${name}`, 'web:80']] }, annotations: { 'server-alias': alias } });
const [OLD, YOUNG] = ['2020-01-01T00:00:00Z', '2024-01-01T00:00:00Z'];

test('each name has one host: its own, else that of the oldest Ingress', () => {
  const { routing, lines } = compiled([
    ...appOf('web', '10.0.0.1'),
    asking('young', 'a.io', 'x.io,b.io,own.io', YOUNG),
    asking('old', 'b.io', 'x.io,a.io,b.io', OLD),
    asking('same', 'b.io', 'x.io,a.io,b.io', YOUNG),
    asking('other', 'b.io', 'y.io', YOUNG),
  ]);
  const aliases = Object.fromEntries(routing.servers.map(({ host, aliases: names }) => [host, names]));
  expect(aliases).toEqual({ _: undefined, 'a.io': ['own.io'], 'b.io': ['x.io'] });
  expect(lines.toSorted()).toEqual([
    'host-annotation-conflict: server-alias of a.io: "b.io" is a host itself',
    'host-annotation-conflict: server-alias of a.io: "x.io" is one of b.io',
    'host-annotation-conflict: server-alias of b.io: "a.io" is a host itself',
    'host-annotation-conflict: server-alias of b.io: Ingress shop/old decides about its further names',
  ]);
});
