import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Change } from '../../../src/fixes/changes.ts';
import { changed } from '../../../src/fixes/changes.ts';
import { patchOf } from '../../../src/fixes/patch.ts';
import { inOneRound } from '../../../src/fixes/pieces.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', '', 'c\r', ' d', '\uFEFF', 'ä'), { maxLength: 30 })
  .chain(lines => fc.constantFrom('', '\n').map(end => lines.join('\n') + end));

/** Changes that do not touch each other, in a text of that length. */
function changesIn(length: number): fc.Arbitrary<readonly Change[]> {
  const cuts = fc.uniqueArray(fc.nat(length), { maxLength: 8 }).map(list => list.toSorted((a, b) => a - b));
  return fc
    .tuple(cuts, fc.array(fc.constantFrom('', 'x', 'x\ny', '\n', '\nz'), { minLength: 4, maxLength: 4 }))
    .map(([at, added]) =>
      added.flatMap((each, index) => {
        const [start, end] = [at[2 * index], at[2 * index + 1]];
        return start === undefined || end === undefined ? [] : [{ start, end, text: each }];
      }),
    );
}

const edited = text.chain(before => changesIn(before.length).map(changes => ({ before, changes })));

describe('rounds', () => {
  test('are the same in one', () => {
    const rounds = edited.chain(({ before, changes }) => {
      const middle = changed(before, changes);
      return changesIn(middle.length).map(later => ({ before, changes, later, after: changed(middle, later) }));
    });
    fc.assert(
      fc.property(rounds, ({ before, changes, later, after }) => {
        const all = inOneRound(before.length, [changes, later]);
        expect(changed(before, all)).toBe(after);
        for (const [index, { start }] of all.entries()) expect(start).toBeGreaterThanOrEqual(all[index - 1]?.end ?? 0);
      }),
    );
  });
});

describe('a patch', () => {
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'patch-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function applied(name: string, before: string, patch: string): string {
    writeFileSync(join(folder, name), before);
    if (patch === '') return before;
    const run = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: patch,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    return readFileSync(join(folder, name), 'utf8');
  }

  test('makes of the text before the one behind, as git reads it', () => {
    fc.assert(
      fc.property(edited, ({ before, changes }) => {
        const patch = patchOf('a.yaml', before, changes) ?? '';
        expect(applied('a.yaml', before, patch)).toBe(changed(before, changes));
      }),
      { numRuns: 60 },
    );
  });

  const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  key: HIDDEN\n';
  const OTHER = 'kind: Ingress\nold: 1\n';
  const replacing = (before: string, old: string) => {
    const start = before.indexOf(old);
    return [{ start, end: start + old.length, text: 'new: 2' }];
  };

  test.each([
    { name: 'before', before: `${OTHER}---\n${SECRET}` },
    { name: 'behind', before: `${SECRET}---\n${OTHER}` },
    { name: 'between', before: `${SECRET}---\nold: 1\n---\n${SECRET}` },
    { name: 'before, as JSON,', before: `${OTHER}---\n{"data": {"a": "HIDDEN"},\n"kind": "Secret"}\n` },
    { name: 'before, with a tag,', before: `${OTHER}--- # HI\nkind: !!str Secret\nkey: HIDDEN\n` },
  ])('$name a Secret shows none of its lines, and git applies it', ({ before }) => {
    const changes = replacing(before, 'old: 1');
    const patch = patchOf('a.yaml', before, changes) ?? '';
    expect(patch).toContain('+new: 2');
    expect(patch).not.toContain('HIDDEN');
    expect(patch).not.toContain('kind: Secret');
    expect(applied('a.yaml', before, patch)).toBe(changed(before, changes));
  });

  test.each([
    { name: 'in a Secret', before: SECRET, old: '  name: s' },
    {
      name: 'in a list with one',
      before: `kind: List\nitems:\n- kind: Ingress\n  old: 1\n- kind: Secret\n`,
      old: 'old: 1',
    },
  ])('is not given where a change is $name', ({ before, old }) => {
    expect(patchOf('a.yaml', before, replacing(before, old))).toBeUndefined();
  });

  test.each(['with blank.yaml', 'ä.yaml', 'tab\t"quote".yaml'])('names the file %s so that git finds it', name => {
    const patch = patchOf(name, 'a\n', [{ start: 0, end: 1, text: 'b' }]) ?? '';
    expect(applied(name, 'a\n', patch)).toBe('b\n');
  });

  test('has three lines around a change, and hunks that are near in one', () => {
    const before = Array.from({ length: 20 }, (_, index) => `${index}\n`).join('');
    const at = (line: string) => before.indexOf(`\n${line}\n`) + 1;
    const changes = [
      { start: at('5'), end: at('5') + 1, text: 'five' },
      { start: at('6'), end: at('6') + 1, text: 'six' },
      { start: at('16'), end: at('16'), text: 'new\n' },
    ];
    expect(patchOf('a', before, changes)).toBe(
      '--- a/a\n+++ b/a\n@@ -3,8 +3,8 @@\n 2\n 3\n 4\n-5\n-6\n+five\n+six\n 7\n 8\n 9\n@@ -14,6 +14,7 @@\n 13\n 14\n 15\n+new\n 16\n 17\n 18\n',
    );
  });
});
