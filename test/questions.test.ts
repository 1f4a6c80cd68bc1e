import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { runWarm } from './support/warm-bin.ts';

const QUESTIONS = fileURLToPath(new URL('../fixtures/questions', import.meta.url));
const IS_UPDATE = (process.env['UPDATE_GOLDEN'] ?? '') !== '';

if (IS_UPDATE && (process.env['CI'] ?? '') !== '') {
  throw new Error('UPDATE_GOLDEN is refused when CI is set: expectations are rewritten, and looked at, by people');
}

const names = readdirSync(QUESTIONS);

/** The words of a command line, in which quotes of both kinds hold blanks together. */
function wordsOf(line: string): readonly string[] {
  return Array.from(line.trim().matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g), ([, single, double, bare]) => {
    return single ?? double ?? bare ?? '';
  });
}

interface Question {
  readonly title: string;
  readonly link: string;
  readonly cause: string;
  readonly words: readonly string[];
}

function readQuestion(name: string): Question {
  const read = (file: string): string => readFileSync(join(QUESTIONS, name, file), 'utf8');
  const text = read('question.md');
  const [program, ...words] = wordsOf(read('command'));
  if (program !== 'ingress2nginx') throw new Error(`${name}/command does not begin with ingress2nginx`);
  return {
    title: /^# (.+\?)$/m.exec(text)?.[1] ?? '',
    link: /^Asked in (\S+)$/m.exec(text)?.[1] ?? '',
    cause: /^Cause: (.+)$/m.exec(text)?.[1] ?? '',
    words,
  };
}

describe('a question that people ask is answered by one command', () => {
  test.each(names)('%s', async name => {
    const { title, link, cause, words } = readQuestion(name);
    expect([title, link, cause]).not.toContain('');
    const { code, stdout } = await runWarm(words, '', join(QUESTIONS, name));
    expect([0, 1]).toContain(code);
    const file = join(QUESTIONS, name, 'answer.txt');
    if (IS_UPDATE) writeFileSync(file, stdout);
    expect(stdout).toBe(readFileSync(file, 'utf8'));
    expect(stdout.split('\n').slice(0, 5).join('\n')).toContain(cause);
  });
});

test('there are thirty of them, each of another thread of the tracker', () => {
  const links = names.map(name => readQuestion(name).link);
  expect(links.every(link => /^https:\/\/github\.com\/kubernetes\/ingress-nginx\/issues\/\d+$/.test(link))).toBe(true);
  expect(new Set(links).size).toBeGreaterThanOrEqual(30);
  expect(new Set(links).size).toBe(links.length);
});
