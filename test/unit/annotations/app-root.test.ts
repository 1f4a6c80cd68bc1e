import { expect, test } from 'vitest';

import { appRoot } from '../../../src/annotations/app-root.ts';
import { runServerFamily } from '../../support/annotations.ts';

test.each([
  { name: 'is a path', text: '/app', path: '/app' },
  { name: 'may have parts and a colon', text: '/a/b:c/', path: '/a/b:c/' },
  { name: 'may have variables', text: '/$host/$1', path: '/$host/$1' },
  {
    name: 'may look like another host, since it follows the own one',
    text: '//other.example',
    path: '//other.example',
  },
])('the root of an application $name', ({ text, path }) => {
  expect(runServerFamily(appRoot, { 'app-root': text })).toEqual({ asks: { path }, denied: undefined, lines: [] });
});

test.each([
  { text: 'app', problem: 'is not a path that begins with /: it has no effect' },
  { text: 'http://other.example/', problem: 'is not a path that begins with /: it has no effect' },
  { text: '/', problem: 'is where the redirect begins: it has no effect' },
  { text: '/$nonsense', problem: 'has $nonsense, which is not a variable of nginx: it has no effect' },
  { text: '/$', problem: 'has $, which is not a variable of nginx: it has no effect' },
  { text: '/$0', problem: 'has $0, which is not a variable of nginx: it has no effect' },
  { text: '/$request_filename', problem: 'has $request_filename, a path of this machine: it has no effect' },
  { text: '/a b', problem: 'has characters that are not allowed here' },
  { text: '/a?b', problem: 'has characters that are not allowed here' },
  { text: '/a;', problem: 'has characters that are not allowed here' },
  { text: ' /a', problem: 'has characters that are not allowed here' },
])('$text is none', ({ text, problem }) => {
  expect(runServerFamily(appRoot, { 'app-root': text })).toEqual({
    asks: undefined,
    denied: undefined,
    lines: [`invalid-annotation-value: app-root: "${text}" ${problem}`],
  });
});

test('without a text there is none', () => {
  expect(runServerFamily(appRoot, { 'app-root': '' })).toEqual({ asks: undefined, denied: undefined, lines: [] });
});
