import { describe, expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import { ingress, service, slice, yamlOf } from '../../support/manifests.ts';
import type { Pod } from '../../support/backends.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const ALL: readonly Pod[] = ['admin', 'blog', 'cart', 'web'];

function confOf(annotations: Readonly<Record<string, string>>, ready: readonly Pod[] = ALL): string {
  const route = ingress({ host: 'a.example.com', paths: [['/', 'Prefix', 'web']], annotations });
  return compileSources([
    { name: 'a.yaml', text: yamlOf([service('web', PORTS), slice('web', PORTS, { ready }), route]) },
  ]).conf;
}

describe('the key of a ring', () => {
  test.each([
    { name: 'is a variable that no request lacks', value: '$request_uri', key: '$request_uri' },
    { name: 'is never empty, since nginx would let those take turns', value: '$arg_a', key: '"-${arg_a}"' },
    { name: 'is several of them', value: '$host$arg_a', key: '"${host}${arg_a}"' },
    { name: 'keeps texts apart from variables', value: '${host}a', key: '"${host}a"' },
    { name: 'may have groups of the expression', value: '$1-x', key: '"$1-x"' },
    { name: 'is the same for all where nginx has no such variable', value: '$session', key: '-' },
  ])('$name', ({ value, key }) => {
    expect(confOf({ 'upstream-hash-by': value })).toContain(`    hash ${key} consistent;\n`);
  });
});

describe('groups of endpoints', () => {
  /** The places that each group leads to, as words; and the percents of all but the last. */
  function groupsOf(size: string, ready: readonly Pod[]): readonly string[] {
    const given = { 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': size };
    const conf = confOf({ 'upstream-hash-by': '$request_uri', ...given }, ready);
    const groups = new Map<string, string[]>();
    for (const [, group = '', word = ''] of conf.matchAll(/^ {4}"(\d+) \d+" (\d+);$/gmu)) {
      groups.set(group, [...(groups.get(group) ?? []), word]);
    }
    return [...groups.values()].map(words => words.join(' '));
  }

  test.each([
    { size: '2', ready: ALL, of: [2, 2] },
    { size: '3', ready: ALL, of: [3, 3] },
    { size: '9', ready: ALL, of: [4] },
    { size: '1', ready: ALL, of: [1, 1, 1, 1] },
  ])('of $size are as many as it takes', ({ size, ready, of }) => {
    expect(groupsOf(size, ready).map(words => words.split(' ').length)).toEqual(of);
  });

  test('are filled up with the first endpoint', () => {
    const [first = '', second = ''] = groupsOf('2', ['cart', 'blog', 'web']);
    expect(second.split(' ')[1]).toBe(first.split(' ')[0]);
  });
});
