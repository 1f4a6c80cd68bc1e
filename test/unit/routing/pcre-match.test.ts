import { describe, expect, test } from 'vitest';

import { bytesOf } from '../../../src/routing/bytes.ts';
import { compilePcre } from '../../../src/routing/pcre-match.ts';

function groupsOf(pattern: string, subject: string, isCaseless = true): readonly (string | undefined)[] | string {
  const found = compilePcre(pattern, { isCaseless }).match(bytesOf(subject));
  if (found === undefined) return 'none';
  return found === 'unclear' ? found : found.groups;
}

/** What follows was looked up with nginx 1.22 and PCRE2 10.42 where JavaScript does otherwise. */
describe('groups', () => {
  test.each<
    readonly [says: string, pattern: string, subject: string, expected: readonly (string | undefined)[] | string]
  >([
    ['a prefix fits whatever follows', '^/foo', '/foo/bar', ['/foo']],
    ['the case does not count', '^/foo', '/FOO', ['/FOO']],
    ['an expression without ^ is found anywhere', 'o/b', '/foo/bar', ['o/b']],
    ['alternatives are tried from left to right', '^/(a|ab)(c|bcd)', '/abcd', ['/abcd', 'a', 'bcd']],
    ['the usual two groups', '^/api(/|$)(.*)', '/api/v1/x', ['/api/v1/x', '/', 'v1/x']],
    ['the usual two groups at the end', '^/api(/|$)(.*)', '/api', ['/api', '', '']],
    ['and not within a word', '^/api(/|$)(.*)', '/apiary', 'none'],
    ['an alternative outside of groups needs no prefix', '^/a|b', '/xb', ['b']],
    ['one in a class is none', '^/a[|]b', '/xb', 'none'],
    ['one in a comment is none, one behind it is', '^/a(?#()|b', '/xb', ['b']],
    ['a letter that may be missing is no prefix', '^/ab*', '/a', ['/a']],
    ['$ is before a line feed at the end, too', '^/a$', '/a\n', ['/a']],
    ['\\z is not', '^/a\\z', '/a\n', 'none'],
    ['. is no line feed', '^/a.b', '/a\nb', 'none'],
    ['. is one byte', '^/.$', '/é', 'none'],
    ['two bytes are one letter', '^/..$', '/é', ['/\u00c3\u00a9']],
    ['a letter beyond ASCII has two cases', '^/é', '/É', 'none'],
    ['a class of letters beyond ASCII has their bytes', '^/[é]$', '/é', 'none'],
    ['groups of earlier rounds are kept', '^(?:(a)|b)*$', 'ab', ['ab', 'a']],
    ['a reference to what was not read fits nothing', '^(?:(a)|b)\\1$', 'b', 'none'],
    ['a round that reads nothing counts', '^(a|())*$', 'a', ['a', '', '']],
    ['atomic groups give nothing back', '^(?>a+)ab', 'aab', 'none'],
    ['nor does what is possessive', '^a++ab', 'aab', 'none'],
    ['as few as will do', '^(a+?)(a*)$', 'aaa', ['aaa', 'a', 'aa']],
    ['(?U) turns that round', '(?U)^(a+)(a*?)$', 'aaa', ['aaa', 'a', 'aa']],
    ['a look ahead', '^/(?!api)(.*)', '/api/x', 'none'],
    ['a look ahead keeps groups', '^(?=(a+))a', 'aab', ['a', 'aa']],
    ['a look behind', '(?<=/)b', 'b/b', ['b']],
    ['a look behind that must not be', '\\.js$(?<!\\.min\\.js)', '/a.min.js', 'none'],
    ['options hold up to the end of a group', '^(?:(?-i)a)b', 'aB', ['aB']],
    ['and for its other branches', '^(?:(?-i)a|b)c', 'BC', 'none'],
    ['names of groups', '^/(?<id>\\d+)/(?P=id)$', '/12/12', ['/12/12', '12']],
    ['references by number in braces', '^/(\\d+)/\\g{1}$', '/12/12', ['/12/12', '12']],
    ['POSIX classes', '^/[[:upper:]]+$', '/aB', ['/aB']],
    ['a ] at the begin of a class', '^/[]a]+$', '/]a', ['/]a']],
    ['codes in octal and hexadecimal', '^/\\x41a[\\102-\\x43]', '/aac', ['/aac']],
    ['braces that are no quantifier', '^/{id}/a{b}', '/{id}/a{b}', ['/{id}/a{b}']],
    ['numbers of rounds', '^/(?:ab){2,3}$', '/ababab', ['/ababab']],
    ['no round at all', '^/(a){0}b', '/b', ['/b', undefined]],
    ['an empty expression', '', '/x', ['']],
    ['properties are those of Latin-1', '^/\\p{L}+$', '/\u00e9', 'none'],
  ])('%s', (_, pattern, subject, expected) => {
    expect(groupsOf(pattern, subject)).toEqual(expected);
  });
});

describe('what is not understood for sure is unclear', () => {
  test.each([
    ['(?R)', '(a)(?R)?'],
    ['verbs', '(*ACCEPT)a'],
    ['a reference by a name that is not there', '\\k<x>'],
    ['\\K, which changes where the match begins', 'a\\Kb'],
    ['\\R, where versions give back differently', 'a\\R*'],
    ['\\X', 'a\\X'],
    ['scripts of Unicode', '\\p{Greek}'],
    ['quantifiers of newer versions', 'a{,3}'],
    ['a group that refers to itself', '(a\\1?)'],
    ['a ( without end', '(a'],
  ])('%s', (_, pattern) => {
    expect(groupsOf(pattern, 'aaa')).toBe('unclear');
  });

  test('nor is what takes too long', () => {
    expect(groupsOf('^(a+)+$', `${'a'.repeat(60)}b`)).toBe('unclear');
    expect(groupsOf('^(?:a|b)*$', 'ab'.repeat(4_000))).toEqual(['ab'.repeat(4_000)]);
  });
});

test.each([
  ['nothing', '^a(?:(?:(?:){9999}){9999}){9999}b', 'ab', ['ab']],
  ['nothing, at least', '^a(?:(?:){9999,}){9999}b', 'ab', ['ab']],
  ['a group without text', '^a(){3}b', 'ab', ['ab', '']],
  ['no byte of a set', '^a(?:(?:x{0}){9999}){9999}b', 'ab', ['ab']],
])('%s may be repeated as often as somebody likes', (_, pattern, subject, expected) => {
  expect(groupsOf(pattern, subject)).toEqual(expected);
});

test('the case counts where it is asked to', () => {
  expect(groupsOf('^/foo', '/Foo', false)).toBe('none');
  expect(groupsOf('(?i)^/foo', '/Foo', false)).toEqual(['/Foo']);
});

test('one expression is read once, and its names are known', () => {
  const one = compilePcre('^/(?<id>\\d+)', { isCaseless: true });
  expect(compilePcre('^/(?<id>\\d+)', { isCaseless: true })).toBe(one);
  expect(compilePcre('^/(?<id>\\d+)', { isCaseless: false })).not.toBe(one);
  expect([...one.names]).toEqual([['id', 1]]);
});
