import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { Chalk } from 'chalk';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

import type { TestResult } from '../../../src/answers/tests/results.ts';
import { testsGithub } from '../../../src/report/tests-github.ts';
import { testsJson } from '../../../src/report/tests-json.ts';
import { testsJunit } from '../../../src/report/tests-junit.ts';
import { testsPretty } from '../../../src/report/tests-pretty.ts';
import type { TestReport } from '../../../src/report/tests-report.ts';
import { testsTap } from '../../../src/report/tests-tap.ts';
import { faultsOf, JUNIT } from '../../support/formats/xml-shape.ts';
import { readXml } from '../../support/formats/xml.ts';

const resultOf = (name: string, parts: Partial<TestResult> = {}): TestResult => ({
  name,
  at: { file: 'tests.yaml', line: 3, column: 5 },
  request: 'GET https://shop.example/cart',
  outcome: 'passed',
  mismatches: [],
  answer: 'a backend answers (shop/web:80)',
  advice: [],
  notSeen: [],
  ...parts,
});

const FAILED = resultOf('the cart # 1 \\ <b>', {
  outcome: 'failed',
  mismatches: [{ field: 'service', expected: 'shop/web:80', got: 'shop/old:80' }],
  wrongStep: {
    name: 'location',
    verdict: 'chose',
    text: 'the prefix /, the longest',
    details: ['not prefix /cart/ of Ingress shop/cart: it does not fit'],
    causes: [{ object: 'Ingress shop/web', at: { file: 'shop.yaml', line: 12, column: 7 } }],
  },
  advice: ['Add a path for /cart'],
});
const HOSTILE = resultOf('::error::\u001b[31m\n##vso[x]', {
  outcome: 'failed',
  mismatches: [{ field: 'uri', expected: '/\u202e', got: '::set-output name=a::b' }],
  notSeen: ['tls'],
});
const HIDDEN = resultOf('a Service', { outcome: 'not-seen', notSeen: ['service', 'uri'], answer: '404' });

const reportOf = (...results: readonly TestResult[]): TestReport => ({
  suites: [{ file: 'tests.yaml', results }],
  live: undefined,
  startedAt: '2026-01-02T03:04:05.678Z',
  pathOf: file => `repo/${file}`,
});
const REPORT = reportOf(resultOf('a page'), FAILED, HOSTILE, HIDDEN);
const LOOK = { style: new Chalk({ level: 0 }), columns: 80, isTerminal: false };

test('pretty shows what differs, what decided, and whose it is', () => {
  expect(testsPretty(reportOf(resultOf('a page'), FAILED), LOOK, 'failed')).toBe(
    `tests.yaml:3:5  FAILED  the cart # 1 \\ <b>
    GET https://shop.example/cart
    service  expected  shop/web:80
             got       shop/old:80
    answer: a backend answers (shop/web:80)
    location: the prefix /, the longest
      not prefix /cart/ of Ingress shop/cart: it does not fit
      by Ingress shop/web  shop.yaml:12:7
    help: Add a path for /cart

1 passed, 1 failed (2 tests in 1 file)
`,
  );
});

test('pretty shows names of headers that a terminal does not obey', () => {
  const mismatches = [
    { field: 'headers.\u001b[31m', expected: 'a', got: 'b' },
    { field: 'uri', expected: '/a', got: '/b' },
  ];
  const text = testsPretty(reportOf(resultOf('a page', { outcome: 'failed', mismatches })), LOOK, 'failed');
  expect(text.split('\n').slice(2, 5)).toEqual([
    String.raw`    headers.\x1b[31m  expected  a`,
    '                      got       b',
    '    uri               expected  /a',
  ]);
});

test('pretty shows tests that pass where somebody wants all', () => {
  const report = reportOf(resultOf('a page'), resultOf('a pay', { notSeen: ['service'] }), HIDDEN);
  expect(testsPretty({ ...report, live: 'http://10.0.0.1:80' }, LOOK, 'all')).toBe(
    `tests.yaml:3:5  ok  a page
tests.yaml:3:5  ok  a pay
    not seen from outside: service
tests.yaml:3:5  not seen  a Service
    GET https://shop.example/cart
    not seen from outside: service, uri; answer: 404

2 passed, 1 not seen (3 tests in 1 file) at http://10.0.0.1:80
`,
  );
});

describe('TAP', () => {
  const lines = testsTap(REPORT).split('\n');

  test('is a plan and a line for each test', () => {
    expect(lines.filter(line => /^\S/.test(line))).toEqual([
      'TAP version 14',
      '1..4',
      'ok 1 - a page',
      String.raw`not ok 2 - the cart \# 1 \\ <b>`,
      String.raw`not ok 3 - ${String.raw`\x3a:error::\x1b[31m\n#\x23vso[x]`.replaceAll(/[\\#]/g, String.raw`\$&`)}`,
      'ok 4 - a Service # SKIP not seen from outside: service, uri; answer: 404',
    ]);
  });

  test('has a block of YAML below each that fails', () => {
    const block = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...')).map(line => line.slice(2));
    expect(load(block.join('\n'))).toEqual({
      message: 'service: expected shop/web:80, got shop/old:80',
      severity: 'fail',
      at: { file: 'repo/tests.yaml', line: 3, column: 5 },
      request: 'GET https://shop.example/cart',
      answer: 'a backend answers (shop/web:80)',
      differences: [{ field: 'service', expected: 'shop/web:80', got: 'shop/old:80' }],
      reason: [
        'location: the prefix /, the longest',
        '  not prefix /cart/ of Ingress shop/cart: it does not fit',
        '  by Ingress shop/web  repo/shop.yaml:12:7',
        'help: Add a path for /cart',
      ],
    });
  });
});

test('JUnit is of the shape that its readers take, whatever is in it', () => {
  const text = testsJunit(REPORT);
  expect(faultsOf(readXml(text), JUNIT)).toEqual([]);
  expect(text).toContain('tests="4" failures="2" errors="0" skipped="1"');
  expect(text).toContain('<failure message="service: expected shop/web:80, got shop/old:80" type="failure">');
});

test('GitHub gets a command at each test that fails, and a notice of each that was not seen', () => {
  const commands = testsGithub(REPORT).trimEnd().split('\n');
  expect(commands.map(line => /^::\w+ /.exec(line)?.[0])).toEqual(['::error ', '::error ', '::notice ']);
  expect(commands[0]).toMatch(/^::error file=repo\/tests\.yaml,line=3,endLine=3,col=5,title=the cart # 1 \\ <b>::/);
  expect(commands[0]).toContain('%0Aservice: expected shop/web:80, got shop/old:80%0A');
});

test('GitHub is told what it does not show', () => {
  const many = reportOf(...Array.from({ length: 11 }, () => FAILED));
  expect(testsGithub(many)).toContain('::notice title=ingress2nginx::11 failed (11 tests in 1 file); GitHub shows 10');
});

test('JSON fits its schema, and equal results give equal bytes', () => {
  const url = new URL('../../../docs/schemas/test-results.json', import.meta.url);
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(url, 'utf8')) as object);
  const text = testsJson({ ...REPORT, live: 'http://10.0.0.1:80' });
  validate(JSON.parse(text));
  expect(validate.errors).toBeNull();
  expect(testsJson({ ...REPORT, startedAt: '2027-01-01T00:00:00.000Z' })).toBe(testsJson(REPORT));
});

test.each([
  { format: 'pretty', text: testsPretty(REPORT, LOOK, 'all') },
  { format: 'tap', text: testsTap(REPORT) },
  { format: 'junit', text: testsJunit(REPORT) },
  { format: 'json', text: testsJson(REPORT) },
  { format: 'github', text: testsGithub(REPORT) },
])('$format lets no text of a file act on a terminal or a CI system', ({ format, text }) => {
  const own = format === 'github' ? text.replaceAll(/^::(?:error|notice) [^:]*::/gm, '') : text;
  expect(own).not.toMatch(/[\p{Cf}]|::error::|##vso|::set-output/u);
  expect(own).not.toContain('\u001b');
});

describe('that most tests of a running server prove nothing', () => {
  const unseen = resultOf('b', { outcome: 'not-seen', notSeen: ['service'], answer: '404' });
  const live = 'http://127.0.0.1:8080';
  const warning = 'WARNING: 2 of 3 tests could not be seen from outside: an answer does not tell';

  test('is said loudly before the summary, with what came', () => {
    const text = testsPretty({ ...reportOf(resultOf('a'), unseen, unseen), live }, LOOK, 'failed');
    expect(text).toContain('    not seen from outside: service; answer: 404\n');
    expect(text).toContain(`\n${warning}`);
    expect(text).toMatch(/to them\n1 passed, 2 not seen \(3 tests in 1 file\) at http:\/\/127\.0\.0\.1:8080\n$/);
  });

  test.each([
    { name: 'as many are seen', report: { ...reportOf(resultOf('a'), unseen), live } },
    { name: 'manifests are tested', report: reportOf(unseen) },
  ])('is not said where $name', ({ report }) => {
    expect(testsPretty(report, LOOK, 'failed')).not.toContain('WARNING');
  });
});
