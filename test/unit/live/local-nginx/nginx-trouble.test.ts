import { expect, test } from 'vitest';

import { explainListening, isOnlySockets } from '../../../../src/live/local-nginx/nginx-trouble.ts';

const failed = (address: string, code: string): string => `nginx: [emerg] bind() to ${address} failed (${code})`;

test.each([
  {
    lines: [failed('0.0.0.0:80', '13: Permission denied')],
    problem: 'no permission for port 80: choose --http-port 8080, or run as root',
  },
  {
    lines: [failed('[::]:443', '13: Permission denied')],
    problem: 'no permission for port 443: choose --https-port 8443, or run as root',
  },
  {
    lines: [failed('0.0.0.0:53', '13: Permission denied')],
    problem: 'no permission for port 53: choose one above 1023, or run as root',
  },
  {
    lines: ['', failed('0.0.0.0:8080', '98: Address already in use'), 'nginx: [emerg] still could not bind()'],
    problem: 'another program listens on port 8080: stop it, or choose another port',
  },
  {
    lines: [failed('0.0.0.0:9090', '98: Address already in use')],
    problem: 'this nginx already listens on port 9090 at another address: stop it, then apply again',
  },
  {
    lines: [failed('10.0.0.9:80', '99: Cannot assign requested address')],
    problem: 'this machine has no address 10.0.0.9: name one that it has with --listen',
  },
  {
    lines: [failed('[::1]:80', '99: Cannot assign requested address')],
    problem: 'this machine has no address ::1: name one that it has with --listen',
  },
  {
    lines: ['nginx: [emerg] socket() [::]:80 failed (97: Address family not supported by protocol)'],
    problem: 'this machine has no address ::: name one that it has with --listen',
  },
  { lines: ['nginx: [emerg] unknown directive "x"'], problem: undefined },
])('says of $lines: $problem', ({ lines, problem }) => {
  expect(explainListening(lines, new Set([9090]))).toBe(problem);
});

test.each([
  { name: 'an address that is not there', lines: [failed('10.0.0.9:80', '99: Cannot assign')], isOnly: true },
  { name: 'ports alone', lines: [failed('0.0.0.0:80', '13: Permission denied')], isOnly: true },
  {
    name: 'ports and more',
    lines: [failed('0.0.0.0:80', '13: Permission denied'), '[emerg] no "events"'],
    isOnly: false,
  },
  { name: 'a file', lines: ['[emerg] open() "/etc/x" failed (13: Permission denied)'], isOnly: false },
  { name: 'nothing', lines: [], isOnly: false },
])('knows of $name whether the machine alone is at fault: $isOnly', ({ lines, isOnly }) => {
  expect(isOnlySockets(lines.join('\n'))).toBe(isOnly);
});
