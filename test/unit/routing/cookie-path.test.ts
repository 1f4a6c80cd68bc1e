import { expect, test } from 'vitest';

import { cookiePathOf } from '../../../src/routing/cookie-path.ts';

test.each([
  { name: 'a plain path stays as it is', path: '/cart/v1.2_~-', cookie: '/cart/v1.2_~-' },
  { name: 'signs that browsers send stay as they are', path: "/a$b(1)!*',@:=&+[2]|^", cookie: "/a$b(1)!*',@:=&+[2]|^" },
  { name: 'blanks are encoded', path: '/a b', cookie: '/a%20b' },
  { name: 'letters beyond ASCII are encoded', path: '/bücher/😀', cookie: '/b%C3%BCcher/%F0%9F%98%80' },
  { name: 'what a URL has no place for is encoded', path: '/a"<>`{}b', cookie: '/a%22%3C%3E%60%7B%7Db' },
  { name: 'a decoded query is no query', path: '/a?b#c', cookie: '/a%3Fb%23c' },
  { name: 'a percent sign is one', path: '/100%', cookie: '/100%25' },
  { name: 'a semicolon ends the last folder', path: '/a/b;c/d', cookie: '/a/' },
  { name: 'one in the first folder leaves the root', path: '/a; Domain=example.com', cookie: '/' },
])('$name', ({ path, cookie }) => {
  expect(cookiePathOf(path)).toBe(cookie);
});
