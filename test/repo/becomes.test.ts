import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { annotationFamilies } from '../../src/annotations/registry.ts';
import type { Family } from '../../src/annotations/family.ts';
import { options } from '../../src/controller-config/registry.ts';
import type { Specs } from '../../src/options/option.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function textsIn(folder: string, isOne: (path: string) => boolean): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.conf') && isOne(path))
    .map(path => readFileSync(join(ROOT, folder, path), 'utf8'))
    .join('\n');
}

/** All that is expected of nginx.conf, and what no golden file shows. */
const WRITTEN = [textsIn('fixtures/golden', () => true), textsIn('templates', () => true)].join('\n');

/** The directives that specs name, with their arguments. */
const named = (specs: Specs): readonly string[] =>
  Object.entries(specs).flatMap(([name, { becomes }]) =>
    // Of a snippet, each directive is one.
    becomes === '' || becomes.startsWith('the same ')
      ? []
      : becomes.split(', ').map(directive => `${name} ${directive.split(' ')[0]}`),
  );

/** Those that no expected file has, as `ANNOTATION DIRECTIVE`. */
function missing(specs: Specs): readonly string[] {
  return named(specs).filter(each => !new RegExp(String.raw`(?:^|[\s{])${each.split(' ')[1]}[ ;{]`, 'm').test(WRITTEN));
}

describe('what names say that they become is there', () => {
  test.each(Object.values<Family>(annotationFamilies))('of the family $name', ({ annotations }) => {
    expect(missing(annotations)).toEqual([]);
  });

  test('of the options', () => {
    expect(missing(options)).toEqual([]);
  });
});
