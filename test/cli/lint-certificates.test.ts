import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';

/** A certificate until 2120, of a host of an Ingress without class. */
const FILE = 'fixtures/rules/certificate-expires-soon/good.yaml';
const LINT = ['lint', '--watch-ingress-without-class', '--format', 'compact', '--only'];

test.each([
  { name: 'is not near in our time', words: [], out: /^$/ },
  { name: 'is near two weeks before', words: ['--now', '2119-12-20'], out: /expires on Jan {2}1 00:00:00 2120 GMT/ },
  { name: 'is as near as the user says', words: ['--now', '2119-12-20', '--expire-days', '5'], out: /^$/ },
  { name: 'is not near with 0 days', words: ['--now', '2119-12-31T23:59:59+01:00', '--expire-days', '0'], out: /^$/ },
])('the end of a certificate $name', async ({ words, out }) => {
  const run = await runBin([...LINT, 'certificate-expires-soon', ...words, FILE], '');
  expect(run).toMatchObject({ code: 0 });
  expect(run.stdout).toMatch(out);
});

test('a certificate that has expired by a given day is said as such', async () => {
  const run = await runBin([...LINT, 'certificate-dates', '--now', '2120-01-02T00:00:00Z', FILE], '');
  expect(run.stdout).toMatch(
    /:\d+:\d+: warning: .* has expired \(Jan {2}1 00:00:00 2120 GMT\) \[I2N413 certificate-dates\]/,
  );
});

test.each(['2026-02-30', 'tomorrow', '2026-12-31T08:00', ''])('"%s" is no day', async day => {
  const run = await runBin(['lint', '--now', day, FILE], '');
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('Use a date such as 2026-12-31');
});

test('days are a number', async () => {
  const run = await runBin(['lint', '--expire-days', '2w', FILE], '');
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('Use a number of days');
});
