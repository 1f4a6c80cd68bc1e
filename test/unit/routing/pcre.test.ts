import { describe, expect, test } from 'vitest';

import { problemOfRegex, readRegex } from '../../../src/routing/pcre.ts';

describe('an expression is refused because', () => {
  test.each([
    { source: '/(a', problem: 'unclosed "("' },
    { source: '/a)', problem: 'unmatched ")"' },
    { source: '/[a', problem: 'unclosed "["' },
    { source: '/[]', problem: 'unclosed "["' },
    { source: '/[a-', problem: 'unclosed "["' },
    { source: '/a\\', problem: 'it ends in a backslash' },
    { source: '/[a\\', problem: 'it ends in a backslash' },
    { source: '/(*)', problem: 'it has a verb such as (*ACCEPT)' },
    { source: '/(?<host>a)', problem: 'the group "host" has the name of a variable of nginx' },
    { source: '/(?P<ARGS>a)', problem: 'the group "ARGS" has the name of a variable of nginx' },
    { source: "/(?'http_x_shop'a)", problem: 'the group "http_x_shop" has the name of a variable of nginx' },
    {
      source: '/(?<ssl_client_verify>a)',
      problem: 'the group "ssl_client_verify" has the name of a variable of nginx',
    },
    { source: '/(?<upstream_addr>a)', problem: 'the group "upstream_addr" has the name of a variable of nginx' },
    { source: '/(?<1a>a)', problem: 'invalid group name "1a"' },
    { source: `/(?<${'n'.repeat(33)}>a)`, problem: `invalid group name "${'n'.repeat(33)}"` },
    { source: '/(?<n>a)(?<n>b)', problem: 'two groups have the name "n"' },
    { source: `/${'()'.repeat(9)}(?<n>a)`, problem: 'the named group "n" is not one of the first nine groups' },
    { source: "/(?P'n'a)", problem: 'it has a kind of group that ingress2nginx does not support' },
    { source: '/(?<>a)', problem: 'it has a kind of group that ingress2nginx does not support' },
    { source: '/(?<n-m>a)', problem: 'it has a kind of group that ingress2nginx does not support' },
    { source: '/\\k<n>(?<n>a)', problem: 'there is no group "n" before it' },
    { source: '/(?P=n)', problem: 'there is no group "n" before it' },
    { source: '/(?<n>a)\\k', problem: 'there is no group "" before it' },
    { source: '/(?<n>a)(?<=(?P=n))', problem: 'a look-behind has no fixed length' },
    { source: '/(?<n>a)(?<=\\k{n})', problem: 'a look-behind has no fixed length' },
    { source: '/\\p', problem: '"\\p" has no property, such as \\p{L}' },
    { source: '/\\P{L', problem: '"\\p" has no property, such as \\p{L}' },
    { source: '/\\p{Lx}', problem: 'it has an unknown property "\\p{Lx}"' },
    { source: '/\\pA', problem: 'it has an unknown property "\\pA"' },
    { source: '/\\p{}', problem: 'it has an unknown property "\\p{}"' },
    { source: '/[\\p{L}-z]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/(?|a)', problem: 'it has a kind of group that ingress2nginx does not support' },
    { source: '/(?x)a', problem: 'it has a kind of group that ingress2nginx does not support' },
    { source: '/|*', problem: 'there is nothing to repeat before "*"' },
    { source: '/a**', problem: 'there is nothing to repeat before "*"' },
    { source: '/\\b+', problem: 'there is nothing to repeat before "+"' },
    { source: '/(?:{3})', problem: 'there is nothing to repeat before "{3}"' },
    { source: '/a{2,1}', problem: '"{2,1}" has its numbers in the wrong order' },
    { source: '/a{70000}', problem: '"{70000}" repeats too often' },
    { source: '/a{,3}', problem: 'what "{,3}" means depends on the version of PCRE' },
    { source: '/a{ 1, 2 }', problem: 'what "{ 1, 2 }" means depends on the version of PCRE' },
    { source: '/(?<=a+)', problem: 'it repeats something in a look-behind' },
    { source: '/(?<!a|b)', problem: 'it has alternatives in a look-behind' },
    { source: '/(a)(?<=\\1)', problem: 'a look-behind has no fixed length' },
    { source: '/(?<=(?:\\R))', problem: 'a look-behind has no fixed length' },
    { source: '/\\1', problem: 'there is no group 1' },
    { source: '/(a)\\12', problem: '"\\1…" names a group above 9' },
    { source: '/\\Q', problem: '"\\Q" is not supported there' },
    { source: '/\\K', problem: '"\\K" is not supported there' },
    { source: '/\\N{U+41}', problem: '"\\N{…}" is not supported' },
    { source: '/\\x{100}', problem: '"\\x{…}" takes one or two hexadecimal digits' },
    { source: '/[\\p]', problem: '"\\p" has no property, such as \\p{L}' },
    { source: '/[b-a]', problem: 'a range in "[…]" is in the wrong order' },
    // nginx compares bytes: é ends in A9, and € begins with E2.
    { source: '/[@-é-[]', problem: 'a range in "[…]" is in the wrong order' },
    { source: '/[^]-\\é-[]', problem: 'a range in "[…]" is in the wrong order' },
    { source: '/[]-\\é-\\7]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/[=-€--Z]', problem: 'a range in "[…]" is in the wrong order' },
    { source: '/[à-a]', problem: 'a range in "[…]" is in the wrong order' },
    { source: '/[\\w-z]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/[a-\\d]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/[!-\\7]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/[[:alpha:]-z]', problem: 'a range in "[…]" has no end, or no begin' },
    { source: '/[[:nothing:]]', problem: 'it has an unknown class "[:nothing:]"' },
    { source: '/[[.a.]]', problem: 'it has an unknown class "[.a.]"' },
    { source: '/[:alpha:]', problem: 'a class such as [:alpha:] must stand in another pair of brackets' },
    { source: `/${'('.repeat(300)}`, problem: 'it has more than 200 nested groups' },
    { source: '/(ab){60000}', problem: 'it is too large once its repetitions are written out' },
  ])('$problem: $source', ({ source, problem }) => {
    expect(problemOfRegex(source)).toBe(problem);
  });
});

test.each(['/[:id]', '/a{x}', '/{}', '/(?:a{2}){3}', '/[a-\u00e9]', '/[\u00e9-\u00e0]', '/[\ud834\udd1e]', '/(?=a)+'])(
  '%s passes',
  source => {
    expect(problemOfRegex(source)).toBeUndefined();
  },
);

test.each([
  { source: '/a(?<id>\\d+)', text: '/a(\\d+)', names: [['id', 1]] },
  {
    source: "/(a)(?P<b>b)(?'c'c)",
    text: '/(a)(b)(c)',
    names: [
      ['b', 2],
      ['c', 3],
    ],
  },
  { source: '/(?<q>["\'])x\\k<q>1', text: '/(["\'])x\\g{1}1', names: [['q', 1]] },
  { source: "/(?<q>a)(?P=q)\\k{q}\\k'q'", text: '/(a)\\g{1}\\g{1}\\g{1}', names: [['q', 1]] },
  { source: '/[(?<id>]\\(?<a', text: '/[(?<id>]\\(?<a', names: [] },
  { source: '/(?<=a)(?<!b)(?:c)', text: '/(?<=a)(?<!b)(?:c)', names: [] },
] as const)('$source is written as $text', ({ source, text, names }) => {
  const read = readRegex(source);
  expect({ ...read, names: [...read.names] }).toEqual({ problem: undefined, text, names });
});

test('a long text takes no long time', () => {
  expect(problemOfRegex(`/${'[:'.repeat(100_000)}`)).toBe('unclosed "["');
  expect(problemOfRegex(`/${'[:=.'.repeat(50_000)}]`)).toBeUndefined();
});
