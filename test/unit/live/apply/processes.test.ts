import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

import {
  allProcesses,
  childrenOf,
  parsePs,
  openFilesOf,
  processAt,
  userOf,
} from '../../../../src/live/apply/processes.ts';
import { until } from '../../../support/until.ts';

test('knows this process, and its children', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  // For a moment after that the system may not know the new command line yet.
  await until(() => processAt(child.pid ?? 0)?.title === 'sleep 60');
  const found = processAt(child.pid ?? 0);
  expect(found).toMatchObject({ pid: child.pid, parent: process.pid, title: 'sleep 60' });
  expect(childrenOf(process.pid)).toContainEqual(found);
  expect(allProcesses()).toContainEqual(found);
  expect(userOf(child.pid ?? 0)).toBe(process.getuid?.());
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(processAt(child.pid ?? 0)).toBeUndefined();
});

test.each([{ pid: 0 }, { pid: -1 }, { pid: Number.NaN }, { pid: 1.5 }, { pid: 4_194_303 }])(
  'knows no process $pid',
  ({ pid }) => {
    expect(processAt(pid)).toBeUndefined();
  },
);

test('says nothing of the files of a process that is not there', () => {
  expect(openFilesOf(4_194_303)).toBeUndefined();
  expect(openFilesOf(process.pid)).toContainEqual(expect.stringMatching(/^\/|^socket:|^pipe:/));
});

test('reads what ps says where there is no /proc', () => {
  const text = `
    1     0 Ss   Wed Nov 25 13:46:08 2026     /sbin/launchd
  710     1 S    Wed Nov  5 03:06:08 2026     nginx: master process nginx -p /state -c current/nginx.conf
  711   710 Z    Wed Nov 25 13:46:09 2026     (nginx)
`;
  expect(parsePs(text)).toEqual([
    { pid: 1, parent: 0, startTime: 'Wed Nov 25 13:46:08 2026', title: '/sbin/launchd' },
    {
      pid: 710,
      parent: 1,
      startTime: 'Wed Nov  5 03:06:08 2026',
      title: 'nginx: master process nginx -p /state -c current/nginx.conf',
    },
  ]);
});
