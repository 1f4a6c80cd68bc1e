import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { shellPath } from '../../../src/diagnostics/shell-word.ts';

test.each([
  { path: 'charts/web-1.2', word: 'charts/web-1.2' },
  { path: '.', word: '.' },
  { path: '$(touch x)', word: "'$(touch x)'" },
  { path: 'a;b', word: "'a;b'" },
  { path: '~root', word: "'~root'" },
  { path: "it's", word: "'it'\\''s'" },
  { path: '-rf', word: './-rf' },
  { path: '-r f', word: "'./-r f'" },
  { path: 'über', word: "'über'" },
  { path: '', word: "''" },
])('a shell reads $word as the path "$path"', ({ path, word }) => {
  expect(shellPath(path)).toBe(word);
  const read = execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });
  expect(read).toBe(path.startsWith('-') ? `./${path}` : path);
});
