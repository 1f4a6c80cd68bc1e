import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

import { quote } from '../../src/nginx/quote.ts';
import { compilePcre } from '../../src/routing/pcre-match.ts';
import { readRegex } from '../../src/routing/pcre.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import type { RunningNginx } from '../support/nginx.ts';
import { regexSource } from '../support/regex-sources.ts';
import { runs } from './runs.ts';

/** How many expressions are made; each is looked for in all of the texts. */
const EXPRESSIONS = 6_000;
const TEXTS = 60;
/** nginx asks all of these in one request. */
const AT_ONCE = 1_500;
/** Of which nginx takes so many in one text. */
const PART = 200;

const GROUPS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const BETWEEN_GROUPS = '<>';
const BETWEEN = '<#>';

interface Tried {
  readonly pattern: string;
  readonly isCaseless: boolean;
}

/** Whole matches and groups are told apart by a group around all. */
const tried = fc
  .tuple(regexSource, fc.constantFrom('', '', '^', '^/'), fc.boolean())
  .map(([source, begin, isCaseless]): Tried => ({ pattern: `(${begin}${source})`, isCaseless }));

const letter = fc.constantFrom(...Array.from('aaabbAB11/-_ .{}]\n\r\t\u0001\u0085\u00a0\u00e9\u00c3\u00a9\u00ff'));
const text = fc
  .oneof(fc.string({ unit: letter, maxLength: 6 }), fc.string({ unit: letter, maxLength: 14 }))
  .map(rest => `/${rest}`)
  // nginx would take these for segments that it removes.
  .filter(subject => !/\/\.{1,2}(?:\/|$)/.test(subject));

function configurationOf(all: readonly Tried[], port: number): string {
  const found = quote(GROUPS.map(group => `$${group}`).join(BETWEEN_GROUPS));
  const maps = all.map(({ pattern, isCaseless }, index) => {
    const key = quote(`${isCaseless ? '~*' : '~'}${readRegex(pattern).text}`);
    return `map $uri $found${index} { ${key} ${found}; default none; }`;
  });
  const parts = Array.from({ length: Math.ceil(all.length / PART) }, (_, part) => {
    const names = all.slice(part * PART, (part + 1) * PART).map((_, index) => `$found${part * PART + index}`);
    return `map $uri $part${part} { default ${quote(names.join(BETWEEN))}; }`;
  });
  const results = parts.map((_, part) => `$part${part}`).join(BETWEEN);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path temp/${name};`);
  return [
    'error_log logs/error.log; pid nginx.pid; events {}',
    'http { access_log off; merge_slashes off; variables_hash_max_size 65536;',
    ...folders,
    ...maps,
    ...parts,
    `server { listen 127.0.0.1:${port}; return 200 ${quote(results)}; } }`,
  ].join('\n');
}

function escaped(subject: string): string {
  return Array.from(subject, byte => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .join('')
    .replaceAll('%2f', '/');
}

const running: RunningNginx[] = [];
afterAll(async () => {
  for (const nginx of running) await nginx.stop();
});

/** What nginx finds in each text, for each expression: the groups, or `none`. */
async function foundByNginx(all: readonly Tried[], texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const [port = 0] = await freePorts(1);
  const bytes = new TextEncoder().encode(configurationOf(all, port));
  const files = [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }];
  const nginx = await startNginx({ files, folders: ['temp', 'logs'] }, port);
  running.push(nginx);
  const answers: (readonly string[])[] = [];
  for (const subject of texts) {
    const answer = await fetch(`http://127.0.0.1:${port}${escaped(subject)}`);
    expect(answer.status).toBe(200);
    answers.push(
      Buffer.from(await answer.arrayBuffer())
        .toString('latin1')
        .split(BETWEEN),
    );
  }
  return answers;
}

function foundByUs({ pattern, isCaseless }: Tried, subject: string): string {
  const found = compilePcre(pattern, { isCaseless }).match(subject);
  if (found === undefined) return 'none';
  if (found === 'unclear') return found;
  return GROUPS.map(group => found.groups[group] ?? '').join(BETWEEN_GROUPS);
}

test('an expression is found where nginx finds it, with the same groups', async () => {
  const made = fc.sample(tried, runs(EXPRESSIONS)).filter(({ pattern }) => readRegex(pattern).problem === undefined);
  const all = [...new Map(made.map(each => [JSON.stringify(each), each])).values()];
  const texts = [...new Set(fc.sample(text, { ...runs(TEXTS), numRuns: TEXTS }))];
  const wrong: string[] = [];
  const seen = { none: 0, found: 0, unclear: 0 };
  for (let begin = 0; begin < all.length; begin += AT_ONCE) {
    const some = all.slice(begin, begin + AT_ONCE);
    const answers = await foundByNginx(some, texts);
    for (const [row, subject] of texts.entries()) {
      for (const [index, each] of some.entries()) {
        const [theirs, ours] = [answers[row]?.[index], foundByUs(each, subject)];
        seen[ours === 'none' || ours === 'unclear' ? ours : 'found'] += 1;
        if (ours !== 'unclear' && ours !== theirs) wrong.push(JSON.stringify({ ...each, subject, theirs, ours }));
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(seen.found).toBeGreaterThan(EXPRESSIONS);
  expect(seen.none).toBeGreaterThan(EXPRESSIONS);
  expect(seen.unclear).toBeLessThan((seen.none + seen.found) / 5);
});
