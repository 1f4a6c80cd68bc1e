import { expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const MANIFESTS = yamlOf([WEB, ingress({ host: 'shop.example.com', paths: [['/cart', 'Prefix', 'web']] })]);
const TO_ROUTING = 'start read parse validate index plan drafts certificates servers checks'.split(' ');

test.each([
  { command: 'render', stages: [...TO_ROUTING, 'text', 'report', 'whole'] },
  { command: 'lint', stages: [...TO_ROUTING, 'report', 'whole'] },
  { command: 'routes', stages: [...TO_ROUTING, 'report', 'whole'] },
])(
  '--timings of $command says on stderr what each stage took, and changes nothing else',
  async ({ command, stages }) => {
    const plain = await runBin([command, '--quiet'], MANIFESTS);
    const timed = await runBin([command, '--quiet', '--timings'], MANIFESTS);
    expect(timed.stdout).toBe(plain.stdout);
    const [head, ...rows] = timed.stderr.trimEnd().split('\n');
    expect(head).toMatch(/^stage +CPU ms +wall ms$/);
    expect(rows.map(row => row.replace(/ +\d+\.\d +\d+\.\d$/, ''))).toEqual(stages);
  },
);

test('--timings is not in the help', async () => {
  const help = await runBin(['render', '--help']);
  expect(help.stdout).not.toContain('timings');
});
