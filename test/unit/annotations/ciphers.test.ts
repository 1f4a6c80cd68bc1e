import { expect, test } from 'vitest';

import { ciphers } from '../../../src/annotations/ciphers.ts';
import { runServerFamily } from '../../support/annotations.ts';

const run = (text: string) => runServerFamily(ciphers, { 'ssl-ciphers': text });

test.each([
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'HIGH:!aNULL:!MD5',
  'ALL:!aNULL:!EXPORT56:RC4+RSA@STRENGTH:+HIGH@SECLEVEL=0:+MEDIUM:+LOW:+SSLv2:+EXP',
])('a host may have %s', list => {
  expect(run(list)).toEqual({ asks: { list }, denied: undefined, lines: [] });
});

test.each(['NONSENSE', 'HIGH MEDIUM', 'TLS_AES_128_GCM_SHA256', '!'])(
  'a host has the ciphers of all with %s, which OpenSSL makes nothing of',
  text => {
    expect(run(text)).toEqual({
      asks: undefined,
      denied: undefined,
      lines: [
        `invalid-annotation-value: ssl-ciphers: "${text}" is not an OpenSSL cipher list: those of all hosts are used`,
      ],
    });
  },
);

test.each(["HIGH'; x", 'HIGH;', 'HIGH,MEDIUM', 'HIGH/x', '$a'])('a host with %s is closed, as it drops out', text => {
  expect(run(text)).toEqual({
    asks: undefined,
    denied: 'invalid value in annotation ssl-ciphers',
    lines: [`dropped-for-value: ssl-ciphers: "${text}" has characters that are not allowed here`],
  });
});

test('without a text, a host has those of all', () => {
  expect(run('')).toEqual({ asks: undefined, denied: undefined, lines: [] });
});
