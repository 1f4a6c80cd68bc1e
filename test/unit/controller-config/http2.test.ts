import { describe, expect, test } from 'vitest';

import { http2 } from '../../../src/controller-config/http2.ts';
import { runOptions } from '../../support/annotations.ts';
import { compiled, configMapOf, ingressOf, linesOf, serviceOf, settingsOf } from '../../support/resources.ts';
import { renderNginx } from '../../../src/nginx/render.ts';

test.each([
  { name: 'is as usual', data: {}, asks: undefined },
  { name: 'is as usual, if somebody says so', data: { 'use-http2': 'true' }, asks: undefined },
  { name: 'is not offered', data: { 'use-http2': 'false' }, asks: { isOffered: false, maxStreams: 128 } },
  {
    name: 'has fewer streams',
    data: { 'http2-max-concurrent-streams': '64' },
    asks: { isOffered: true, maxStreams: 64 },
  },
])('HTTP/2 $name', ({ data, asks }) => {
  const { policy, found } = runOptions(http2, data);
  expect(policy).toEqual(asks);
  expect(linesOf(found)).toEqual([]);
});

test.each(['0', '-1', 'many'])('HTTP/2 has the usual streams with %s', text => {
  const { policy, found } = runOptions(http2, { 'http2-max-concurrent-streams': text });
  expect(policy).toBeUndefined();
  expect(linesOf(found)).toHaveLength(1);
});

const resources = [serviceOf('web'), ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } })];

function conf(data: Readonly<Record<string, string>>, minor: number): string {
  const options = configMapOf('ingress-nginx/options', data);
  const { routing } = compiled([...resources, options], settingsOf({ controllerConfig: 'ingress-nginx/options' }));
  const { files } = renderNginx(routing, { version: { major: 1, minor, patch: 1 } });
  return Buffer.from(files.find(({ path }) => path === 'nginx.conf')?.bytes ?? []).toString();
}

describe.each([22, 25])('nginx 1.%i.1', minor => {
  test('is told to offer it', () => expect(conf({}, minor)).toMatch(/ssl http2 |^ {2}http2 on;$/m));

  test('is not told where it shall not', () => {
    expect(conf({ 'use-http2': 'false' }, minor)).not.toContain('http2');
  });
});
