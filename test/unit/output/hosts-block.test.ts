import fc from 'fast-check';
import { expect, test } from 'vitest';

import { editBlock } from '../../../src/output/hosts-block.ts';

const LINES = ['192.168.49.2 shop.example.com', '192.168.49.2 api.example.com'];
const SHOP = '192.168.49.2 shop.example.com';

function block(lines: readonly string[], eol = '\n'): string {
  return ['# BEGIN ingress2nginx', ...lines, '# END ingress2nginx'].map(line => line + eol).join('');
}

test.each([
  { name: 'an empty file gets the block', before: '', lines: [SHOP], after: block([SHOP]) },
  {
    name: 'the block is added at the end',
    before: '127.0.0.1 localhost\n',
    lines: LINES,
    after: `127.0.0.1 localhost\n${block(LINES)}`,
  },
  {
    name: 'a missing last line end stays missing',
    before: '127.0.0.1 localhost',
    lines: [SHOP],
    after: `127.0.0.1 localhost\n${block([SHOP]).trimEnd()}`,
  },
  {
    name: 'a file with CRLF gets CRLF',
    before: '127.0.0.1 localhost\r\n',
    lines: [SHOP],
    after: `127.0.0.1 localhost\r\n${block([SHOP], '\r\n')}`,
  },
  {
    name: 'a block is renewed where it stands',
    before: `127.0.0.1 localhost\n${block(['10.0.0.1 old.example.com'])}::1 localhost\n`,
    lines: [SHOP],
    after: `127.0.0.1 localhost\n${block([SHOP])}::1 localhost\n`,
  },
  {
    name: 'a block with CRLF keeps it',
    before: `a\r\n${block(['10.0.0.1 old.example.com'], '\r\n')}b`,
    lines: LINES,
    after: `a\r\n${block(LINES, '\r\n')}b`,
  },
  {
    name: 'blanks around the marks do no harm',
    before: 'a\n  # BEGIN ingress2nginx \n10.0.0.1 old\n# END ingress2nginx\t\nb\n',
    lines: [SHOP],
    after: `a\n${block([SHOP])}b\n`,
  },
  { name: 'no hosts take the block out', before: `a\n${block(LINES)}b\n`, lines: [], after: 'a\nb\n' },
  { name: 'no hosts and no block leave the file alone', before: 'a\n', lines: [], after: 'a\n' },
  {
    name: 'what only resembles a mark is none',
    before: '# BEGIN ingress2nginx-old\n#BEGIN ingress2nginx\nx # END ingress2nginx\n',
    lines: [],
    after: '# BEGIN ingress2nginx-old\n#BEGIN ingress2nginx\nx # END ingress2nginx\n',
  },
])('$name', ({ before, lines, after }) => {
  expect(editBlock(before, lines)).toEqual({ kind: 'edited', text: after, before: expect.any(Number) as number });
});

test.each([
  { name: 'two blocks', text: block([]) + block([]), problem: /^has several blocks, at lines 1, 3;/ },
  { name: 'a beginning without an end', text: 'a\n# BEGIN ingress2nginx\nb\n', problem: /line 2, and no "# END/ },
  { name: 'an end without a beginning', text: 'a\n# END ingress2nginx\n', problem: /line 2, and no "# BEGIN/ },
  {
    name: 'an end before the beginning',
    text: '# END ingress2nginx\n# BEGIN ingress2nginx\n',
    problem: /line 1, before/,
  },
  { name: 'two ends', text: `${block([])}# END ingress2nginx\n`, problem: /several times, at lines 2, 3;/ },
])('$name are not touched', ({ text, problem }) => {
  const edit = editBlock(text, LINES);
  expect(edit.kind === 'refused' && edit.problem).toMatch(problem);
});

test('any text is as it was once the block is out again, and a second write changes nothing', () => {
  const line = fc.constantFrom('127.0.0.1 localhost', '', '# a comment', '\tx  y', 'caf\u00e9', '\r');
  const text = fc
    .tuple(fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))), line)
    .map(([lines, last]) => lines.flat().join('') + last);
  fc.assert(
    fc.property(text, before => {
      const written = editBlock(before, LINES);
      if (written.kind !== 'edited') throw new Error(written.problem);
      expect(editBlock(written.text, LINES)).toEqual({ ...written, before: LINES.length });
      expect(editBlock(written.text, [])).toEqual({ kind: 'edited', text: before, before: LINES.length });
    }),
  );
});
