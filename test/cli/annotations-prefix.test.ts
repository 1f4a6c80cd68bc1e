import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const FLAG = ['--annotations-prefix', 'ingress.example.com'];
const limitedTo = (rate: string): string => {
  const annotations = { 'ingress.example.com/limit-rate': rate };
  return yamlOf([
    service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }),
    ingress({ host: 'shop.example.com', annotations, paths: [['/', 'Prefix', 'web']] }),
  ]);
};
const MANIFESTS = limitedTo('100');
const WRONG = limitedTo('much');

test('render reads annotations under the prefix of the flag alone', async () => {
  const [told, untold] = await Promise.all([runBin(['render', ...FLAG], MANIFESTS), runBin(['render'], MANIFESTS)]);
  expect(told.stdout).toContain('limit_rate 100k;');
  expect(untold.stdout).not.toContain('limit_rate');
});

test.each([['render'], ['routes'], ['apply', '--dry-run']])('%s says what is wrong with them', async (...command) => {
  const run = await runBin([...command, ...FLAG], WRONG);
  expect(run.stderr).toContain('limit-rate: "much" is not a whole number');
});

test('hosts takes the flag', async () => {
  expect(await runBin(['hosts', ...FLAG], MANIFESTS)).toMatchObject({
    code: 0,
    stdout: '127.0.0.1 shop.example.com\n',
  });
});

test.each([
  { text: '', why: 'Use a DNS name in lower case' },
  { text: 'a.io/', why: 'Use a DNS name in lower case without the slash' },
  { text: 'not a name', why: 'Use a DNS name in lower case' },
])('the prefix "$text" is refused', async ({ text, why }) => {
  const run = await runBin(['render', '--annotations-prefix', text], MANIFESTS);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(`${why}, such as nginx.ingress.kubernetes.io`);
});
