import { expect, test } from 'vitest';

import { openEndings } from '../../../../src/jobs/watch/endings.ts';

test('what was opened last is ended first, and only once', async () => {
  const ended: string[] = [];
  const endings = openEndings();
  endings.add(() => void ended.push('view'));
  endings.add(async () => {
    await Promise.resolve();
    ended.push('nginx');
  });
  await Promise.all([endings.end(), endings.end()]);
  expect(ended).toEqual(['nginx', 'view']);
});

test('all are ended even if one throws, and whoever ends them hears of it', async () => {
  const ended: string[] = [];
  const endings = openEndings();
  endings.add(() => void ended.push('view'));
  endings.add(() => {
    throw new Error('kubectl is stubborn');
  });
  endings.add(() => Promise.reject(new Error('nginx as well')));
  await expect(endings.end()).rejects.toThrow('kubectl is stubborn');
  expect(ended).toEqual(['view']);
});

test('what is opened while all ends is ended, too', async () => {
  const ended: string[] = [];
  const endings = openEndings();
  endings.add(() => void ended.push('view'));
  await endings.end();
  endings.add(() => void ended.push('nginx'));
  await endings.end();
  expect(ended).toEqual(['view', 'nginx']);
});
