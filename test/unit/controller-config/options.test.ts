import { describe, expect, test } from 'vitest';

import { basicAuth } from '../../../src/annotations/basic-auth.ts';
import { hsts } from '../../../src/controller-config/hsts.ts';
import { options } from '../../../src/controller-config/registry.ts';
import { tls } from '../../../src/controller-config/tls.ts';
import { workers } from '../../../src/controller-config/workers.ts';

describe.each(Object.entries(options))('the option %s', (_, spec) => {
  test('has an example that it takes', () => {
    expect(spec.type.parse(spec.example)).toMatchObject({ ok: true });
  });

  test('has a default that it takes as the docs show it', () => {
    const shown = Array.isArray(spec.default) ? spec.default.join(spec.type.separator) : String(spec.default);
    expect(spec.type.parse(shown)).toEqual({ ok: true, value: spec.default });
  });
});

const { 'ssl-ciphers': ciphers, 'ssl-protocols': protocols } = tls.options;
const free = basicAuth.options['no-auth-locations'];
const age = hsts.options['hsts-max-age'];
const patience = workers.options['worker-shutdown-timeout'];

test.each([
  {
    name: 'protocols, each once, in order',
    type: protocols.type,
    text: ' TLSv1.3  TLSv1.2 TLSv1.3',
    value: ['TLSv1.2', 'TLSv1.3'],
  },
  { name: 'old protocols', type: protocols.type, text: 'TLSv1 TLSv1.1', value: ['TLSv1', 'TLSv1.1'] },
  { name: 'no empty list of protocols', type: protocols.type, text: '  ', value: undefined },
  { name: 'no protocol of another name', type: protocols.type, text: 'TLSv1.2 SSLv3', value: undefined },
  { name: 'no protocols with commas', type: protocols.type, text: 'TLSv1.2,TLSv1.3', value: undefined },
  { name: 'ciphers', type: ciphers.type, text: 'HIGH:!aNULL:+MD5@STRENGTH', value: 'HIGH:!aNULL:+MD5@STRENGTH' },
  { name: 'no ciphers that leave their directive', type: ciphers.type, text: 'HIGH; load_module x', value: undefined },
  { name: 'no empty list of ciphers', type: ciphers.type, text: '', value: undefined },
  { name: 'paths', type: free.type, text: '/a, /b/', value: ['/a', '/b/'] },
  { name: 'no paths at all', type: free.type, text: '', value: [] },
  { name: 'no path without slash', type: free.type, text: '/a,b', value: undefined },
  { name: 'an age', type: age.type, text: '0', value: 0 },
  { name: 'no age with a unit', type: age.type, text: '1y', value: undefined },
  { name: 'a time', type: patience.type, text: '2w3d1h30m10s500ms', value: '2w3d1h30m10s500ms' },
  { name: 'a time without a unit', type: patience.type, text: '0', value: '0' },
  { name: 'milliseconds, which are no minutes', type: patience.type, text: '500ms', value: '500ms' },
  { name: 'no time without a number', type: patience.type, text: '', value: undefined },
  { name: 'no time in months', type: patience.type, text: '1M', value: undefined },
  { name: 'no time from small to large', type: patience.type, text: '30m1h', value: undefined },
  { name: 'no unit twice', type: patience.type, text: '2m3m', value: undefined },
  { name: 'no time that leaves its directive', type: patience.type, text: '10s; user root', value: undefined },
  { name: 'no time with a newline', type: patience.type, text: '10s\n', value: undefined },
])('takes $name', ({ type, text, value }) => {
  const parsed = type.parse(text);
  expect(parsed.ok ? parsed.value : undefined).toEqual(value);
});

test('protocols with commas: the finding shows them as they must be written', () => {
  expect(protocols.type.parse('TLSv1.1,TLSv1.3')).toEqual({
    ok: false,
    problem: 'is not a list of TLS versions, separated by spaces',
    help: 'write "TLSv1.1 TLSv1.3"',
  });
});
