import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const names = await readdir(SRC, { recursive: true });
const texts = await Promise.all(
  names
    .filter(name => name.endsWith('.ts'))
    .map(async name => ({ name, text: await readFile(join(SRC, name), 'utf8') })),
);

/** What would otherwise be spelled again and again, each time a little differently. */
test.each([
  {
    what: 'what a failure is',
    pattern: /kind: 'failed'[,;]\s*(?:readonly )?problem\b/,
    place: 'diagnostics/failure.ts',
  },
  { what: 'that work was interrupted', pattern: /readonly kind: 'interrupted'/, place: 'diagnostics/failure.ts' },
  { what: 'what was thrown', pattern: /instanceof Error \? \w+\.message/, place: 'diagnostics/failure.ts' },
  { what: 'how many are named of a list', pattern: /\} more`/, place: 'diagnostics/words.ts' },
  {
    what: 'that a value has keys',
    pattern: /typeof \w+ === 'object' && \w+ !== null && !|typeof \w+ !== 'object' \|\| [^;]*Array\.isArray/,
    place: 'json/value.ts',
  },
  {
    what: 'how much longer each pause is',
    pattern: /Math\.min\([^;]* 2 \*\* |2 \* \w*[mM]s\b/,
    place: 'live/backoff.ts',
  },
])('one file alone says $what', ({ pattern, place }) => {
  expect(texts.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([place]);
});
