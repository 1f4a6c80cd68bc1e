import { describe, expect, test } from 'vitest';

import { bytesOf, textOf } from '../../../src/routing/bytes.ts';
import type { RequestUri } from '../../../src/routing/request-uri.ts';
import {
  backendUri,
  captureInArgs,
  escapeArgs,
  escapePath,
  readTarget,
  rewrittenUri,
  unescapeRedirect,
} from '../../../src/routing/request-uri.ts';

function uriOf(target: string): RequestUri {
  const read = readTarget(target);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read;
}

describe('the path of a target', () => {
  test.each([
    { name: 'stays as it is without escapes and dots', target: '/cart/Items-7', path: '/cart/Items-7' },
    { name: 'is decoded', target: '/c%61rt/a%20b', path: '/cart/a b' },
    { name: 'is decoded once', target: '/100%2525', path: '/100%25' },
    { name: 'has single slashes', target: '//cart///items//', path: '/cart/items/' },
    { name: 'has slashes where they are escaped', target: '/a%2F%2fb', path: '/a/b' },
    { name: 'has no dot segments', target: '/./a/./b/.', path: '/a/b/' },
    { name: 'has no segments that two dots take back', target: '/x/../cart/y/..', path: '/cart/' },
    { name: 'is the root where all is taken back', target: '/x/..', path: '/' },
    { name: 'heeds escaped dots', target: '/x/%2e%2E/cart', path: '/cart' },
    { name: 'keeps dots that are part of a word', target: '/..a/.b/c../...', path: '/..a/.b/c../...' },
    { name: 'keeps an escaped question mark', target: '/a%3Fb?c', path: '/a?b' },
    { name: 'ends before a fragment', target: '/a#b?c', path: '/a' },
    { name: 'keeps an escaped number sign', target: '/a%23b', path: '/a#b' },
    { name: 'has bytes of UTF-8', target: '/büro', path: '/b\u00c3\u00bcro' },
    { name: 'has bytes that are no text', target: '/%ff', path: '/\u00ff' },
    { name: 'keeps a plus', target: '/a+b', path: '/a+b' },
    { name: 'keeps a backslash', target: '/a\\..\\b', path: '/a\\..\\b' },
    { name: 'is that of an absolute URL', target: 'http://shop.example:80/a/../b?c', path: '/b' },
    { name: 'is the root of a URL without one', target: 'https://shop.example', path: '/' },
    { name: 'is the root of a URL with a query alone', target: 'http://shop.example?x=1', path: '/' },
  ])('$name', ({ target, path }) => {
    expect(uriOf(target).path).toBe(path);
  });
});

describe('nginx answers 400 to', () => {
  test.each([
    { name: 'a path that leads out of the root', target: '/a/../../b', reason: 'its ".." lead out of the root' },
    { name: 'one that ends there', target: '/..', reason: 'its ".." lead out of the root' },
    {
      name: 'one that merged slashes lead out of the root',
      target: '/a//../..',
      reason: 'its ".." lead out of the root',
    },
    { name: 'a null byte', target: '/a%00', reason: 'the path has a "%00"' },
    { name: 'half an escape', target: '/a%4', reason: '"%4" in the path is no byte: a "%" is sent as "%25"' },
    { name: 'a bad escape', target: '/a%zz', reason: '"%zz" in the path is no byte: a "%" is sent as "%25"' },
    { name: 'a space', target: '/a b', reason: 'a space in the path' },
    { name: 'a tab in the query', target: '/a?b\tc', reason: 'a control character in the path' },
    { name: 'a path without a slash', target: 'cart', reason: 'it neither begins with "/" nor is a URL' },
    {
      name: 'a host with signs that none has',
      target: 'http://a_b/',
      reason: 'it neither begins with "/" nor is a URL',
    },
    { name: 'nothing', target: '', reason: 'it neither begins with "/" nor is a URL' },
  ])('$name', ({ target, reason }) => {
    expect(readTarget(target)).toEqual({ kind: 'refused', reason });
  });
});

test.each([
  { name: 'a query is kept as sent', target: '/a?b=%zz&c=/../', query: 'b=%zz&c=/../' },
  { name: 'a query ends before a fragment', target: '/a?b#c', query: 'b' },
  { name: 'an empty query is none', target: '/a?', query: undefined },
  { name: 'no query is none', target: '/a', query: undefined },
])('$name', ({ target, query }) => {
  expect(uriOf(target).query).toBe(query);
});

describe('a backend gets', () => {
  test.each([
    { name: 'the target as sent', target: '/a/../b%2Fc?', uri: '/a/../b%2Fc?' },
    { name: 'the target of a URL', target: 'http://shop.example/a?b', uri: '/a?b' },
    { name: 'a path of our own where the URL has none', target: 'http://shop.example?b', uri: '/?b' },
  ])('$name', ({ target, uri }) => {
    expect(backendUri(uriOf(target))).toBe(uri);
  });

  test('a rewritten path escaped again', () => {
    expect(rewrittenUri({ path: bytesOf('/a b%?#ü"<>\\^`{|}+&;=~'), query: 'x=%zz' })).toBe(
      '/a%20b%25%3F%23%C3%BC%22%3C%3E%5C%5E%60%7B%7C%7D+&;=~?x=%zz',
    );
  });
});

test('signs that part arguments are escaped in them', () => {
  expect(escapeArgs("/a+b&c;d=e?f~!*'()")).toBe("/a%2Bb%26c%3Bd=e%3Ff~!*'()");
  expect(escapePath('\u0000\u001f\u007f\u0080')).toBe('%00%1F%7F%80');
});

test('nginx escapes a group in arguments only where the path had an escape or a plus', () => {
  expect(captureInArgs('a&b', uriOf('/a&b'))).toBe('a&b');
  expect(captureInArgs('a&b', uriOf('/a%26b'))).toBe('a%26b');
  expect(captureInArgs('a&b+', uriOf('/a&b+'))).toBe('a%26b%2B');
});

test.each([
  { name: 'a letter', url: '/%41b', redirect: '/Ab' },
  { name: 'what needs its escape keeps it', url: '/%20%25%7f%C3%BC', redirect: '/%20%25%7f%C3%BC' },
  { name: 'a question mark ends the path', url: '/a%3fb%41', redirect: '/a?b%41' },
  { name: 'nothing behind a question mark', url: '/a?b%41', redirect: '/a?b%41' },
  { name: 'a bad escape loses its percent sign', url: '/%zz', redirect: '/zz' },
  { name: 'half an escape is lost', url: '/%4z', redirect: '/' },
])('a rewrite that redirects unescapes: $name', ({ url, redirect }) => {
  expect(unescapeRedirect(url)).toBe(redirect);
});

test('bytes are shown as text', () => {
  expect(textOf(bytesOf('/büro/😀'))).toBe('/büro/😀');
  expect(textOf('/\u00ff')).toBe('/\ufffd');
});
