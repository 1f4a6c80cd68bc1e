import { expect, test } from 'vitest';

import { bundleFor } from '../../../src/cli/bundle-for.ts';

test.each([
  { name: 'no words', words: [], file: 'help.cjs' },
  { name: 'help', words: ['--help'], file: 'help.cjs' },
  { name: 'short help', words: ['-h'], file: 'help.cjs' },
  { name: 'help of a command that is run often', words: ['render', '--help'], file: 'help.cjs' },
  { name: 'help of another command', words: ['apply', '-h'], file: 'help.cjs' },
  { name: 'help of what is no command', words: ['rendre', '--help'], file: 'help.cjs' },
  { name: 'help among other words', words: ['render', '--help', 'a.yaml'], file: 'main.js' },
  { name: 'help that could be the value of an option', words: ['--format', '--help'], file: 'main.js' },
  { name: 'help that is the value of an option', words: ['render', '-o', '-h', 'a.yaml'], file: 'main.js' },
  { name: 'a render', words: ['render', 'a.yaml', '-o', 'out'], file: 'often.cjs' },
  { name: 'a render of nothing', words: ['render'], file: 'often.cjs' },
  { name: 'the routes', words: ['routes'], file: 'often.cjs' },
  { name: 'a render that watches', words: ['render', '-o', 'out', '--watch', 'a'], file: 'main.js' },
  { name: 'a render to a folder that is called --watch', words: ['render', '-o', '--watch', 'a'], file: 'main.js' },
  { name: 'another command', words: ['apply', 'render'], file: 'main.js' },
  { name: 'an option before the command', words: ['--verbose', 'render'], file: 'main.js' },
  { name: 'what is no command', words: ['rendre'], file: 'main.js' },
])('$name: $file', ({ words, file }) => {
  expect(bundleFor(words).file).toBe(file);
});

test('a render that the environment lets watch', () => {
  expect(bundleFor(['render'], { INGRESS2NGINX_WATCH: 'true' }).file).toBe('main.js');
  expect(bundleFor(['render'], { INGRESS2NGINX_WATCH: '' }).file).toBe('often.cjs');
});

test('each command has compiled code of its own', () => {
  const lines = [['render', 'a'], ['routes', 'a'], ['--help'], ['render', '-h'], ['apply', 'a']];
  expect(lines.map(words => bundleFor(words).cacheName)).toEqual(['render', 'routes', 'help', 'help', undefined]);
});
