import { expect, test } from 'vitest';

import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { accessLogs } from '../../../src/controller-config/access-logs.ts';
import { errorLogs } from '../../../src/controller-config/error-logs.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { configMapOf, linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;

function run(data: Given) {
  const { report, diagnostics } = collect();
  const cluster = indexCluster([configMapOf('ingress-nginx/options', data)], report);
  const config = readControllerConfig('ingress-nginx/options', cluster, report);
  const main = plannerOf([errorLogs, accessLogs]).main({ config, tables: cluster, report, keep: ({ id }) => id });
  return { errors: main.errorLogs?.asks, streams: main.accessLogs?.asks, lines: linesOf(diagnostics) };
}

const USUAL = { target: { kind: 'usual' }, level: 'notice', debugged: [] };

test.each<{ name: string; data: Given; asks?: object; lines?: readonly string[] }>([
  { name: 'usual, without a word of anybody', data: {} },
  { name: 'usual, where a container shows it', data: { 'error-log-path': '/dev/stderr' } },
  {
    name: 'in a file of its own, and of a level',
    data: { 'error-log-path': '/var/log/nginx/errors.log', 'error-log-level': 'warn' },
    asks: { target: { kind: 'file', name: 'errors.log' }, level: 'warn' },
  },
  {
    name: 'on a syslog server',
    data: { 'enable-syslog': 'true', 'syslog-host': 'logs.example.com' },
    asks: { target: { kind: 'syslog', server: 'logs.example.com:514' } },
  },
  {
    name: 'never nowhere',
    data: { 'error-log-path': '/dev/null' },
    lines: ['invalid-option-value: error-log-path: "/dev/null" is not a file in /var/log/nginx'],
  },
  {
    name: 'of the usual level, instead of another word',
    data: { 'error-log-level': 'warning' },
    lines: [
      'invalid-option-value: error-log-level: "warning" is not one of debug, info, notice, warn, error, crit, alert, emerg',
    ],
  },
  {
    name: 'complete for some clients, but those that are no addresses',
    data: { 'debug-connections': '192.0.2.7, 10.0.0.0/8,nobody,2001:db8::/32' },
    asks: { debugged: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'] },
    lines: [
      'invalid-option-value: debug-connections: "192.0.2.7, 10.0.0.0/8,nobody,2001:db8::/32" has "nobody", which is no IP address or network',
    ],
  },
])('the log of errors is $name', ({ data, asks = {}, lines = [] }) => {
  const { errors, lines: found } = run(data);
  expect(errors).toEqual({ ...USUAL, ...asks });
  expect(found).toEqual(lines);
});

const STREAM = {
  target: { kind: 'usual' },
  format: undefined,
  params: [
    { name: 'buffer', value: '64k' },
    { name: 'flush', value: '100ms' },
  ],
};

test.each<{ name: string; data: Given; asks?: object; lines?: readonly string[] }>([
  { name: 'usual, without a word of anybody', data: {} },
  {
    name: 'in the file of both logs',
    data: { 'access-log-path': '/var/log/nginx/all.log', 'http-access-log-path': '/var/log/nginx/http.log' },
    asks: { target: { kind: 'file', name: 'all.log' } },
  },
  {
    name: 'in a file of its own, whatever the syslog server',
    data: { 'stream-access-log-path': '/var/log/nginx/tcp', 'enable-syslog': 'true', 'syslog-host': '192.0.2.1' },
    asks: { target: { kind: 'file', name: 'tcp' } },
  },
  { name: 'nowhere, if switched off', data: { 'disable-access-log': 'true' }, asks: { target: undefined } },
  {
    name: 'nowhere, if switched off for it',
    data: { 'disable-stream-access-log': 'true' },
    asks: { target: undefined },
  },
  {
    name: 'of the lines that are asked for',
    data: { 'log-format-stream': '$upstream_addr $proxy_upstream_name' },
    asks: { format: [{ variable: 'upstream_addr' }, { text: ' ' }, { ofController: 'proxy_upstream_name' }] },
  },
  ...['$host', '$namespace', '${literal_dollar}'].map(written => ({
    name: `of the usual lines, instead of with ${written}, which is one of HTTP`,
    data: { 'log-format-stream': written },
    lines: [`invalid-option-value: log-format-stream: "${written}" has ${written}, which is not a variable of nginx`],
  })),
])('the log of streams is $name', ({ data, asks = {}, lines = [] }) => {
  const { streams, lines: found } = run(data);
  expect(streams).toEqual({ ...STREAM, ...asks });
  expect(found).toEqual(lines);
});
