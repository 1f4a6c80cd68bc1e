import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import type { PlacedChange, PlacedDiff } from '../../../src/answers/diff/placed.ts';
import { diffJson, unreadJson } from '../../../src/report/diff-json.ts';
import { diffMarkdown, unreadMarkdown } from '../../../src/report/diff-markdown.ts';
import { diffText, unreadText } from '../../../src/report/diff-text.ts';

const STYLE = new Chalk({ level: 0 });

const CHANGE: PlacedChange = {
  kind: 'auth-removed',
  risk: 'high',
  subject: undefined,
  routes: [{ host: 'shop.example.com', match: 'prefix', path: '/admin/' }],
  before: {
    text: 'passwords of shop/users (realm "Staff")',
    causes: [
      { object: 'Ingress shop/web', setting: 'annotation auth-type', at: { file: 'old.yaml', line: 7, column: 5 } },
    ],
  },
  after: { text: 'no password', causes: [{ object: 'Ingress shop/web' }] },
  example: { method: 'GET', url: 'https://shop.example.com/admin/', before: '401', after: 'shop/web:80 gets /admin/' },
};

const EMPTY: PlacedDiff = {
  old: { name: 'git:main', errors: 0, unread: 0, notes: [] },
  new: { name: 'deploy', errors: 0, unread: 0, notes: [] },
  changes: [],
  notes: [],
  counts: { before: 2, after: 2, unchanged: 2 },
};

const diffOf = (...changes: readonly PlacedChange[]): PlacedDiff => ({ ...EMPTY, changes });

test('a change says what, where, before and after, with both places and a request', () => {
  expect(diffText(diffOf(CHANGE), { style: STYLE, columns: undefined }))
    .toBe(`git:main -> deploy: 1 high risk change for clients

high    auth-removed  a password or an auth service is no longer asked for
      shop.example.com/admin/
      - passwords of shop/users (realm "Staff")
        Ingress shop/web, annotation auth-type, old.yaml:7:5
      + no password
        Ingress shop/web
      example: GET https://shop.example.com/admin/: before 401; now shop/web:80 gets /admin/

2 routes before, 2 now, 2 of them without a change of their own
`);
});

test('no line is wider than the terminal', () => {
  const change = { ...CHANGE, after: { text: 'a '.repeat(100), causes: [] } };
  const lines = diffText(diffOf(change), { style: STYLE, columns: 60 }).split('\n');
  // A URL stays whole, so that it can be copied.
  expect(lines.filter(line => line.length > 60)).toEqual([]);
});

test('what is incomplete is said in each format', () => {
  const diff = { ...EMPTY, old: { name: 'git:main', errors: 2, unread: 0, notes: ['1 symbolic link not read'] } };
  const text = diffText(diff, { style: STYLE, columns: undefined });
  expect(text).toContain('incomplete: git:main has 2 errors: what they are about is missing from the comparison');
  expect(text).toContain('incomplete: git:main: 1 symbolic link not read');
  expect(diffMarkdown(diff)).toContain('has 2 errors');
  expect(JSON.parse(diffJson(diff))).toMatchObject({ old: { errors: 2 } });
});

test('what could not be read is not compared, which each format says without a list', () => {
  const sides = { ...EMPTY, new: { name: 'deploy', errors: 3, unread: 2, notes: [] } };
  const said = 'not compared: deploy could not be read (2 errors); routes missing from it would look removed';
  expect(unreadText(sides, { style: STYLE, columns: undefined })).toBe(`git:main -> deploy: ${said}\n`);
  expect(unreadMarkdown(sides).split('\n')[0]).toBe('**ingress2nginx diff**: not compared (git&#58;main → deploy)');
  expect(unreadMarkdown(sides)).not.toContain('|');
  expect(JSON.parse(unreadJson(sides))).toMatchObject({ isCompared: false, new: { unread: 2 }, changes: [] });
});

test('the comment begins with one line that says it all, and folds what is of low risk', () => {
  const low = { ...CHANGE, kind: 'added-route', risk: 'low', before: undefined } as const;
  const text = diffMarkdown(diffOf(CHANGE, low));
  expect(text.split('\n')[0]).toBe(
    '**ingress2nginx diff**: 1 high and 1 low risk changes for clients (git&#58;main → deploy)',
  );
  expect(text).toMatch(/\| 🔴 high \| `auth-removed`<br>/);
  expect(text).toMatch(/<details><summary>1 low risk change<\/summary>\n\n\| risk [^]*🟢 low[^]*\n\n<\/details>/);
});

const HOSTILE = '<img src=x> [a](http://b.example) @team #1 `c` | **d** ![e](f) www.g.example \u202e\n# h';

test('text of manifests becomes no markup', () => {
  const text = diffMarkdown({
    ...diffOf({
      ...CHANGE,
      subject: HOSTILE,
      routes: [{ host: HOSTILE, match: 'regex', path: HOSTILE }],
      before: { text: HOSTILE, causes: [{ object: HOSTILE, at: { file: HOSTILE, line: 1, column: 1 } }] },
      example: { method: 'GET', url: HOSTILE, before: HOSTILE, after: HOSTILE },
    }),
    notes: [{ text: HOSTILE, routes: [] }],
    new: { name: HOSTILE, errors: 1, unread: 0, notes: [HOSTILE] },
  });
  const own = text
    .replaceAll(/^> ⚠️|^>$/gm, '')
    .replaceAll(/<\/?(?:sub|details|summary)>|<br>|&#\d+;|\*\*ingress2nginx diff\*\*|`auth-removed`/g, '');
  expect(own).not.toMatch(/[<>@#`*[\]!\u202e]|www\.|https?:/);
  expect(text.split('\n').filter(line => line.startsWith('|'))).toHaveLength(3);
});

test('a comment fits what GitHub takes, and says how many changes it leaves out', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => ({ ...CHANGE, subject: `${index}.example.com` }));
  const text = diffMarkdown(diffOf(...many));
  expect(text.length).toBeLessThan(65_536);
  const shown = text.split('\n').filter(line => line.startsWith('| 🔴')).length;
  expect(text).toContain(`… and ${2_000 - shown} more changes: \`--format json\` has all of them.`);
});

test('the published schema of diff holds', () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../../docs/schemas/diff.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
  const text = diffJson({
    ...diffOf(CHANGE, { ...CHANGE, subject: 'a' }),
    notes: [{ text: 'n', routes: CHANGE.routes }],
  });
  for (const each of [text, unreadJson(EMPTY)]) {
    validate(JSON.parse(each));
    expect(validate.errors).toBeNull();
  }
});
