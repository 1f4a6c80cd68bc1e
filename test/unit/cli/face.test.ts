import { afterEach, expect, test, vi } from 'vitest';

import { explainBug, isColoured, watchStreams } from '../../../src/cli/face.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  { name: 'a flag that says always', choice: 'always', force: undefined, no: '1', coloured: true },
  { name: 'a flag that says never', choice: 'never', force: '1', no: undefined, coloured: false },
  { name: 'FORCE_COLOR before NO_COLOR, as in Node', choice: 'auto', force: '1', no: '1', coloured: true },
  { name: 'FORCE_COLOR that says no', choice: 'auto', force: '0', no: undefined, coloured: false },
] as const)('colours obey $name', ({ choice, force, no, coloured }) => {
  vi.stubEnv('FORCE_COLOR', force);
  vi.stubEnv('NO_COLOR', no);
  expect(isColoured('stderr', choice)).toBe(coloured);
});

test('NO_COLOR silences a terminal, unless it is empty', () => {
  vi.stubEnv('FORCE_COLOR', undefined);
  vi.stubEnv('TERM', 'xterm');
  const isTerminal = vi
    .spyOn(process, 'stderr', 'get')
    .mockReturnValue({ ...process.stderr, isTTY: true } as typeof process.stderr);
  vi.stubEnv('NO_COLOR', '1');
  expect(isColoured('stderr', 'auto')).toBe(false);
  vi.stubEnv('NO_COLOR', '');
  expect(isColoured('stderr', 'auto')).toBe(true);
  vi.stubEnv('TERM', 'dumb');
  expect(isColoured('stderr', 'auto')).toBe(false);
  isTerminal.mockRestore();
});

test('a bug of ours is one line without a stack, unless somebody looks for it', () => {
  const bug = new Error('no such upstream');
  expect(explainBug(bug)).toMatch(
    /^ingress2nginx: internal error: no such upstream\n {2}this is a bug in ingress2nginx/,
  );
  expect(explainBug(bug)).not.toMatch(/^ +at /m);
  vi.stubEnv('INGRESS2NGINX_DEBUG', '1');
  expect(explainBug(bug)).toMatch(/^ +at /m);
});

test('a log that fails again and again is remembered once', () => {
  const before = process.listeners('exit');
  watchStreams();
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  for (const _ of [1, 2, 3]) process.stderr.emit('error', full);
  const added = process.listeners('exit').filter(listener => !before.includes(listener));
  for (const listener of added) process.off('exit', listener);
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  expect(added).toHaveLength(1);
});
