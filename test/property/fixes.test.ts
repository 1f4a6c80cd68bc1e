import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Fix } from '../../src/diagnostics/fix.ts';
import type { Loaded } from '../../src/jobs/loaded.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import { fixedText, loadedTexts } from '../support/fixed.ts';

const FIXTURES = new URL('../../fixtures', import.meta.url).pathname;

function manifests(): readonly string[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(?:ya?ml|json)$/.test(path) && !/\brequests\.yaml$/.test(path))
    .map(path => join(FIXTURES, path))
    .toSorted();
}

const keepsRendering = (fix: Fix): boolean => fix.effect === 'same';

/** All that is rendered. */
function renderedOf({ routing }: Loaded): string {
  return renderNginx(routing, {})
    .files.map(({ path, bytes }) => `# ${path}\n${new TextDecoder().decode(bytes)}`)
    .join('');
}

describe('of all manifests of this repository', () => {
  test.each(manifests().map(path => ({ path, name: path.slice(FIXTURES.length + 1) })))('$name', async ({ path }) => {
    const before = readFileSync(path, 'utf8');
    const once = await fixedText(before);
    expect(await fixedText(once.text)).toMatchObject({ text: once.text, count: 0 });
    const same = await fixedText(before, keepsRendering);
    const expected = same.count === 0 ? '' : renderedOf(loadedTexts([{ name: 'a.yaml', text: before }]));
    expect(same.count === 0 ? '' : renderedOf(same.loaded)).toBe(expected);
  });
});
