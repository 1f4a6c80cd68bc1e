import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { keptRouting } from '../../../src/jobs/kept-routing.ts';
import { recordOf } from '../../../src/routing/record.ts';
import { routingOf } from '../../support/explained.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kept-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const TEXT = `{"routing":${recordOf(routingOf([]))}}`;
const path = (): string => join(folder, '.ingress2nginx.json');

test('it is in the list of the files', () => {
  writeFileSync(path(), TEXT);
  expect(keptRouting(folder)?.servers).toHaveLength(1);
});

test('no link is followed, not even to one', () => {
  writeFileSync(join(folder, 'other.json'), TEXT);
  symlinkSync('other.json', path());
  expect(keptRouting(folder)).toBeUndefined();
});

test('what is longer than any text is not read', () => {
  writeFileSync(path(), TEXT);
  truncateSync(path(), 2 ** 32);
  expect(keptRouting(folder)).toBeUndefined();
});
