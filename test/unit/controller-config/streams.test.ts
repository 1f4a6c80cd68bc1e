import { describe, expect, test } from 'vitest';

import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { streams } from '../../../src/controller-config/streams.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { renderNginx } from '../../../src/nginx/render.ts';
import { compiled, configMapOf, ingressOf, linesOf, serviceOf, sliceOf } from '../../support/resources.ts';

const DEFAULTS = { idle: '600s', triesOthers: true, triesFor: '600s', tries: 3, responses: 1 };

test.each<{ name: string; data: Readonly<Record<string, string>>; asks?: object; lines?: readonly string[] }>([
  { name: 'as the controller does by itself', data: {} },
  { name: 'idle for as long as asked', data: { 'proxy-stream-timeout': '1h30m' }, asks: { idle: '1h30m' } },
  { name: 'to one endpoint only', data: { 'proxy-stream-next-upstream': 'false' }, asks: { triesOthers: false } },
  {
    name: 'to as many endpoints as asked',
    data: { 'proxy-stream-next-upstream-tries': '0', 'proxy-stream-next-upstream-timeout': '0' },
    asks: { tries: 0, triesFor: '0' },
  },
  { name: 'with as many answers as asked', data: { 'proxy-stream-responses': '0' }, asks: { responses: 0 } },
  {
    name: 'as by default with a time that nginx does not know',
    data: { 'proxy-stream-timeout': '5 minutes' },
    lines: ['invalid-option-value: proxy-stream-timeout: "5 minutes" is not a time that nginx understands'],
  },
  {
    name: 'as by default with a number below zero',
    data: { 'proxy-stream-responses': '-1' },
    lines: ['invalid-option-value: proxy-stream-responses: "-1" is not between 0 and 2147483647'],
  },
])('TCP and UDP are handed on $name', ({ data, asks = {}, lines = [] }) => {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([configMapOf('ingress-nginx/options', data)], report);
  const config = readControllerConfig('ingress-nginx/options', cluster, report);
  const planned = plannerOf([streams]).main({ config, tables: cluster, report, keep: ({ id }) => id });
  expect(planned.streams?.asks).toEqual({ ...DEFAULTS, ...asks });
  expect(linesOf(diagnostics)).toEqual(lines);
});

test('the stream block says what options ask for', () => {
  const options = {
    'proxy-stream-timeout': '5m',
    'proxy-stream-next-upstream': 'false',
    'proxy-stream-responses': '2',
  };
  const resources = [
    ingressOf(),
    serviceOf('dns', ['main:53/UDP']),
    sliceOf('dns', ['main:53/UDP'], ['10.0.0.1']),
    configMapOf('ingress/udp', { '53': 'shop/dns:53' }),
    configMapOf('ingress/options', options),
  ];
  const settings = { udpServicesConfigMap: 'ingress/udp', controllerConfig: 'ingress/options' };
  const [conf] = renderNginx(compiled(resources, settings).routing, {}).files.filter(
    ({ path }) => path === 'nginx.conf',
  );
  const text = new TextDecoder().decode(conf?.bytes);
  expect(text.slice(text.indexOf('\nstream {'))).toMatch(
    /proxy_timeout 5m;\n {2}proxy_next_upstream off;\n[\s\S]*listen 53 udp;\n[\s\S]*proxy_responses 2;/u,
  );
});

describe('a file of the stream module', () => {
  const file = '/usr/lib/nginx/modules/ngx_stream_module.so';
  const load = `load_module ${file};`;
  const tcp = [ingressOf(), serviceOf('db', ['5432']), sliceOf('db', ['5432'], ['10.0.0.1'])];
  const confOf = (isUsed: boolean, options: Parameters<typeof renderNginx>[1]): string => {
    const entries = configMapOf('ingress/tcp', isUsed ? { '5432': 'shop/db:5432' } : {});
    const settings = { tcpServicesConfigMap: 'ingress/tcp', nginxModules: [{ name: 'stream', file }] as const };
    const { routing } = compiled([...tcp, entries], settings);
    return new TextDecoder().decode(
      renderNginx(routing, options).files.find(({ path }) => path === 'nginx.conf')?.bytes,
    );
  };

  test.each([
    { name: 'is loaded where it is named and needed', isUsed: true, options: {}, isLoaded: true },
    { name: 'is not loaded where nothing needs it', isUsed: false, options: {}, isLoaded: false },
    { name: 'is not loaded twice', isUsed: true, options: { loadsStreams: true } as const, isLoaded: false },
  ])('$name', ({ isUsed, options, isLoaded }) => {
    expect(confOf(isUsed, options).includes(load)).toBe(isLoaded);
  });
});
