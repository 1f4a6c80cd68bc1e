import { expect, test } from 'vitest';

import { accessLogs } from '../../../src/controller-config/access-logs.ts';
import type { AccessLogs } from '../../../src/routing/policies/access-logs.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

type Given = Readonly<Record<string, string>>;

const PATH = 'access-log-path';
const FORMAT = 'log-format-upstream';
const PARAMS = 'access-log-params';
const USUAL: AccessLogs = {
  target: { kind: 'usual' },
  format: undefined,
  escape: 'default',
  params: [
    { name: 'buffer', value: '64k' },
    { name: 'flush', value: '100ms' },
  ],
  skipped: [],
};
const file = (name: string) => ({ target: { kind: 'file', name } }) as const;
const syslog = (server: string) => ({ target: { kind: 'syslog', server } }) as const;
const text = (words: string) => ({ format: [{ text: words }] });
const SYSLOG = { 'enable-syslog': 'true', 'syslog-host': '192.0.2.1' };

test.each<{ name: string; data: Given; asks?: Partial<AccessLogs>; lines?: readonly string[] }>([
  { name: 'usual, without a word of anybody', data: {} },
  { name: 'usual, where the controller has it', data: { [PATH]: '/var/log/nginx/access.log' } },
  { name: 'usual, where a container shows it', data: { [PATH]: '/dev/stdout', 'http-access-log-path': '/dev/stderr' } },
  { name: 'in a file of its own', data: { [PATH]: '/var/log/nginx/all.log' }, asks: file('all.log') },
  {
    name: 'in that for HTTP, which goes before',
    data: { [PATH]: '/var/log/nginx/all.log', 'http-access-log-path': '/var/log/nginx/http-1.log' },
    asks: file('http-1.log'),
  },
  { name: 'nowhere', data: { [PATH]: '/dev/null' }, asks: { target: undefined } },
  { name: 'nowhere, if switched off', data: { 'disable-access-log': 'true' }, asks: { target: undefined } },
  {
    name: 'nowhere, if switched off for HTTP',
    data: { 'disable-http-access-log': 'true' },
    asks: { target: undefined },
  },
  { name: 'usual, if switched off for streams', data: { 'disable-stream-access-log': 'true' } },
  ...[
    '/etc/passwd',
    '/var/log/nginx/../../../etc/passwd',
    '/var/log/nginx/',
    '/var/log/nginx/a/b.log',
    '/var/log/nginx/.hidden',
    '/var/log/nginx/a b',
    '/var/log/nginx/$host.log',
    'logs/access.log',
    'off',
    '/dev/shm/x',
    'memory:32m:debug',
  ].map(path => ({
    name: `usual, instead of in ${path}`,
    data: { [PATH]: path },
    lines: [`invalid-option-value: ${PATH}: "${path}" is not a file in /var/log/nginx`],
  })),
  {
    name: 'usual, instead of in the file of errors',
    data: { [PATH]: '/var/log/nginx/error.log' },
    lines: [`invalid-option-value: ${PATH}: "/var/log/nginx/error.log" is the file of another log`],
  },
  {
    name: 'on a syslog server by path',
    data: { [PATH]: 'syslog:server=[2001:db8::1]:1514,tag=a' },
    asks: syslog('[2001:db8::1]:1514,tag=a'),
  },
  {
    name: 'usual, instead of on no server',
    data: { [PATH]: 'syslog:server=unix:/run/x' },
    lines: [`invalid-option-value: ${PATH}: "syslog:server=unix:/run/x" is not a syslog server`],
  },
  { name: 'on a syslog server', data: SYSLOG, asks: syslog('192.0.2.1:514') },
  {
    name: 'on a syslog server that has an address of IPv6',
    data: { ...SYSLOG, 'syslog-host': '2001:db8::1', 'syslog-port': '1514' },
    asks: syslog('[2001:db8::1]:1514'),
  },
  {
    name: 'usual, where the server has no host',
    data: { 'enable-syslog': 'true' },
    lines: ['option-without-effect: enable-syslog has no effect without syslog-host'],
  },
  {
    name: 'usual, where its host is none',
    data: { ...SYSLOG, 'syslog-host': 'a;b' },
    lines: [
      'invalid-option-value: syslog-host: "a;b" is not a host name or an IP address',
      'option-without-effect: enable-syslog has no effect without syslog-host',
    ],
  },
  {
    name: 'on a syslog server, which takes no parameters',
    data: { ...SYSLOG, [PARAMS]: 'buffer=16k' },
    asks: { ...syslog('192.0.2.1:514'), params: [{ name: 'buffer', value: '16k' }] },
    lines: [`option-without-effect: ${PARAMS} has no effect on HTTP requests: a syslog server takes no parameters`],
  },
  { name: 'written at once', data: { [PARAMS]: '' }, asks: { params: [] } },
  {
    name: 'gathered, as parameters say',
    data: { [PARAMS]: ' gzip=4  buffer=32k flush=1m ' },
    asks: {
      params: [
        { name: 'buffer', value: '32k' },
        { name: 'gzip', value: '4' },
        { name: 'flush', value: '1m' },
      ],
    },
  },
  ...['if=$x', 'buffer=0', 'buffer=99999999m', 'flush=0', 'gzip=10', 'buffer=64k;', 'combined'].map(word => ({
    name: `gathered as usual, instead of with ${word}`,
    data: { [PARAMS]: word },
    lines: [`invalid-option-value: ${PARAMS}: "${word}" has "${word}", which is no parameter of a log here`],
  })),
  {
    name: 'gathered as usual, where there would be no buffer',
    data: { [PARAMS]: 'flush=1m' },
    lines: [`invalid-option-value: ${PARAMS}: "flush=1m" has a time for a buffer that it does not have`],
  },
  {
    name: 'of the lines that are asked for',
    data: { [FORMAT]: '$host [$namespace] ${status}x\n' },
    asks: {
      format: [
        { variable: 'host' },
        { text: ' [' },
        { ofController: 'namespace' },
        { text: '] ' },
        { variable: 'status' },
        { text: 'x' },
      ],
    },
  },
  {
    name: 'of the lines that nginx would read between single quotes',
    data: { [FORMAT]: String.raw`a\"b\'c\\d\te\x` + "' \n 'f" },
    asks: text('a"b\'c\\d\te\\xf'),
  },
  { name: 'of several lines', data: { [FORMAT]: 'a\nb\n\n' }, asks: text('a\nb') },
  ...[
    { written: '$no_such', says: 'has $no_such, which is not a variable of nginx' },
    { written: '$1', says: 'has $1, which is not a variable of nginx' },
    { written: 'US$ 5', says: 'has a $ without the name of a variable' },
    { written: "a'; return 418; '", says: "has a ', which would end it" },
    { written: "it's", says: "has a ', which would end it" },
    { written: 'a\u0007', says: 'has a control character (code 7) at position 2' },
    { written: ' ', says: 'is empty' },
  ].map(({ written, says }) => ({
    name: `of the usual lines, as the text ${says}`,
    data: { [FORMAT]: written },
    lines: [`invalid-option-value: ${FORMAT}: "${written}" ${says}`],
  })),
  { name: 'of JSON strings', data: { 'log-format-escape-json': 'true' }, asks: { escape: 'json' } },
  {
    name: 'of values as they are, which goes before',
    data: { 'log-format-escape-json': 'true', 'log-format-escape-none': 'true' },
    asks: { escape: 'none' },
  },
  {
    name: 'without some URLs',
    data: { 'skip-access-log-urls': '/a, /A ,~^/b$' },
    asks: {
      skipped: [
        { kind: 'text', text: '/A' },
        { kind: 'regex', regex: '^/b$', isCaseSensitive: true },
      ],
    },
  },
  {
    name: 'with all URLs, where an expression is none',
    data: { 'skip-access-log-urls': '/a,~(' },
    lines: [
      'invalid-option-value: skip-access-log-urls: "/a,~(" has "~(", which is an invalid regular expression: unclosed "("',
    ],
  },
])('the log of requests is $name', ({ data, asks = {}, lines = [] }) => {
  const { policy, found } = runOptions(accessLogs, data);
  expect(policy).toEqual({ ...USUAL, ...asks });
  expect(linesOf(found)).toEqual(lines);
});
