import { describe, expect, test } from 'vitest';

import { commandIn, visible, visibleInJson, visibleParts } from '../../../src/diagnostics/visible.ts';
import { commandsOf } from '../../support/ci-commands.ts';

const COMMANDS = [
  { name: 'a command of Azure Pipelines', text: 'x ##vso[task.setvariable variable=A]b' },
  { name: 'the same in upper case', text: '##VSO[task.complete]' },
  { name: 'a heading of Azure Pipelines', text: '##[error]gone' },
  { name: 'a command of old GitHub runners, behind other hashes', text: 'a ###[command]x' },
  { name: 'a message to TeamCity', text: "##teamcity[buildStatus text='x']" },
  { name: 'a command of GitHub', text: '::error file=a.yaml::gone' },
  { name: 'a command of GitHub behind blanks', text: ' \u00a0 ::set-output name=a::b' },
  { name: 'a command of GitHub on a second line', text: 'a\n::stop-commands::x' },
  { name: 'the token that lets commands begin again', text: '::Abc123::' },
  { name: 'the same, with a number first', text: '::0a1b2c3d::' },
  { name: 'a section of GitLab', text: 'section_start:1560896352:x[collapsed=true]\r\u001b[0Kx' },
];

describe('no CI system takes text of a manifest for a command', () => {
  test.each(COMMANDS)('$name', ({ text }) => {
    expect(commandsOf(text)).not.toEqual([]);
    expect(commandsOf(visible(text))).toEqual([]);
    expect(commandsOf(` ${visible(text)}`)).toEqual([]);
    const json = visibleInJson(JSON.stringify({ text }));
    expect(commandsOf(json)).toEqual([]);
    expect(JSON.parse(json)).toEqual({ text });
  });

  test.each(COMMANDS)('$name, wherever the text is cut', ({ text }) => {
    for (let cut = 0; cut <= text.length; cut++) {
      expect(commandsOf(visibleParts(text, [cut]).join(''))).toEqual([]);
    }
  });
});

test.each([
  { name: 'an IPv6 address', text: 'fe80::abcd' },
  { name: 'a loopback address', text: '::1' },
  { name: 'an expression', text: '^/a(#[a-z]+)?::' },
  { name: 'a comment with brackets', text: '## see [1]' },
  { name: 'a picture', text: '\u{1f600} 名前' },
])('$name stays as it is', ({ text }) => expect(visible(text)).toBe(text));

test.each([
  { name: 'a variation selector', text: 'a\ufe0fb', shown: String.raw`a\ufe0fb` },
  { name: 'a Hangul filler', text: 'a\u3164b', shown: String.raw`a\u3164b` },
  { name: 'a joiner of graphemes', text: 'a\u034fb', shown: String.raw`a\u034fb` },
  { name: 'a space without width', text: 'a\u200bb', shown: String.raw`a\u200bb` },
  { name: 'a mark from right to left', text: 'a\u200fb', shown: String.raw`a\u200fb` },
  { name: 'a control character of C1', text: 'a\u009bb', shown: String.raw`a\x9bb` },
])('$name, which takes no room, is shown', ({ text, shown }) => {
  expect(visible(text)).toBe(shown);
  expect(visible(shown)).toBe(shown);
});

test('the parts of a text are those of the whole', () => {
  expect(visibleParts('a\u001b##vso[b', [1, 3])).toEqual(['a', String.raw`\x1b#`, String.raw`\x23vso[b`]);
  expect(visibleParts('\u{e0041}', [1])).toEqual([String.raw`\u{e0041}`, String.raw`\udc41`]);
});

test.each([
  { text: '/a##vso[b]', command: '##vso[' },
  { text: '/a##[b]', command: '##[' },
  { text: '/a#[b]', command: undefined },
  { text: '/::error::', command: undefined },
])('a command that works wherever it stands: $text', ({ text, command }) => expect(commandIn(text)).toBe(command));
