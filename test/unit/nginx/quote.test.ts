import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bareWord, commentText, escapeRegex, quote, quoteLiteral, quoteTemplate } from '../../../src/nginx/quote.ts';
import { problemOfText } from '../../../src/routing/text.ts';
import { parseNginx } from '../../support/nginx-parse.ts';

import type { DollarDeclarer } from '../../../src/nginx/quote.ts';

/** Takes what is asked of http{}. */
function asking(): { readonly declare: DollarDeclarer; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  return { declare: { once: template => void asked.add(template) }, asked };
}

/** What nginx's lexer reads where a token stands. */
function readBack(token: string): readonly string[] {
  const [directive, ...more] = parseNginx(`before ${token} after;`);
  expect(more).toEqual([]);
  return directive?.args ?? [];
}

const NASTY = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', "'", '\\', '$', '{', '}', ';', '#', ' ', 'n', 't', 'r', 'é', '\u2028', '~', '*'),
  }),
  fc.string({ unit: 'grapheme' }),
);
const QUOTABLE = NASTY.filter(text => problemOfText(text) === undefined);

describe('quote', () => {
  test.each([
    { name: 'leaves a plain path bare', text: '/foo/bar-1.html', token: '/foo/bar-1.html' },
    { name: 'leaves an IPv6 address bare', text: '[fd00::1]:80', token: '[fd00::1]:80' },
    { name: 'quotes nothing at all', text: '', token: '""' },
    { name: 'quotes a space', text: '/a b', token: '"/a b"' },
    { name: 'escapes a quote', text: 'a"b', token: '"a\\"b"' },
    { name: 'leaves the backslash of a regular expression', text: '^/\\d+\\.html$', token: '"^/\\d+\\.html$"' },
    { name: 'doubles a backslash that nginx would take', text: '^/\\n', token: '"^/\\\\n"' },
    { name: 'doubles a backslash at the end', text: 'a\\', token: '"a\\\\"' },
    { name: 'doubles the first of two backslashes', text: '\\\\d', token: '"\\\\\\d"' },
    { name: 'leaves a dollar alone', text: '/p$ath', token: '"/p$ath"' },
  ])('$name', ({ text, token }) => expect(quote(text)).toBe(token));

  test('gives one token that reads back as the text', () => {
    fc.assert(
      fc.property(QUOTABLE, text => {
        expect(readBack(quote(text))).toEqual([text, 'after']);
      }),
    );
  });

  test('throws what canQuote refuses', () => {
    expect(() => quote('a\nb')).toThrow('cannot be quoted: "a\\nb"');
    expect(() => quote('x'.repeat(4095))).toThrow('is longer than the 4094 bytes that nginx allows');
  });
});

describe('every quoting function', () => {
  test('takes what problemOfText lets through', () => {
    fc.assert(
      fc.property(QUOTABLE, text => {
        quote(text);
        for (const make of [quoteLiteral, quoteTemplate]) make(text, asking().declare);
      }),
    );
  });
});

describe('where nginx evaluates variables', () => {
  test.each([
    {
      name: 'a text without dollar needs nothing',
      text: 'Members only',
      literal: '"Members only"',
      template: '"Members only"',
      needs: [],
    },
    {
      name: 'a variable is text for one and a variable for the other',
      text: '$host',
      literal: '"${literal_dollar}host"',
      template: '"$host"',
      needs: ['literal-dollar.http.conf'],
    },
    {
      name: 'groups stay in a template',
      text: '/$1/$2',
      literal: '"/${literal_dollar}1/${literal_dollar}2"',
      template: '"/$1/$2"',
      needs: ['literal-dollar.http.conf'],
    },
    {
      name: 'braces stay in a template',
      text: '/${uri}',
      literal: '"/${literal_dollar}{uri}"',
      template: '"/${uri}"',
      needs: ['literal-dollar.http.conf'],
    },
    {
      name: 'a dollar at the end is text',
      text: '/a$',
      literal: '"/a${literal_dollar}"',
      template: '"/a${literal_dollar}"',
      needs: ['literal-dollar.http.conf'],
    },
    {
      name: 'there is no group 0',
      text: '/$0',
      literal: '"/${literal_dollar}0"',
      template: '"/${literal_dollar}0"',
      needs: ['literal-dollar.http.conf'],
    },
    {
      name: 'of two dollars the first is text',
      text: '$$1',
      literal: '"${literal_dollar}${literal_dollar}1"',
      template: '"${literal_dollar}$1"',
      needs: ['literal-dollar.http.conf'],
    },
  ])('$name', ({ text, literal, template, needs }) => {
    const { declare, asked } = asking();
    expect(quoteLiteral(text, declare)).toBe(literal);
    expect([...asked]).toEqual(needs);
    expect(quoteTemplate(text, declare)).toBe(template);
  });

  test('a template without odd dollars needs no literal one', () => {
    const { declare, asked } = asking();
    quoteTemplate('/$1/${host}', declare);
    expect([...asked]).toEqual([]);
  });

  test('a literal reads back as the text, once its dollars are dollars again', () => {
    fc.assert(
      fc.property(QUOTABLE, text => {
        const [read = ''] = readBack(quoteLiteral(text, asking().declare));
        expect(read.replaceAll('${literal_dollar}', '$')).toBe(text.replaceAll('${literal_dollar}', '$'));
      }),
    );
  });
});

describe('smaller forms', () => {
  test.each([
    { name: 'a comment stays in its line', made: commentText('a\r\nb\u2028{;"'), token: String.raw`a\r\nb\u2028{;"` },
    { name: 'a long comment is cut', made: commentText('x'.repeat(300)), token: `${'x'.repeat(199)}…` },
    {
      name: 'a regular expression matches its text',
      made: escapeRegex('.a+(b)[c]{d}|e?f*^g$\\'),
      token: '\\.a\\+\\(b\\)\\[c\\]\\{d\\}\\|e\\?f\\*\\^g\\$\\\\',
    },
  ])('$name', ({ made, token }) => expect(made).toBe(token));

  test('a bare word throws where it would need quotes', () => {
    expect(() => bareWord('a b')).toThrow('not a bare word: "a b"');
  });
});
