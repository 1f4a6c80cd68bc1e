import { describe, expect, test } from 'vitest';

import { appOf, compiled, configMapOf, ingressOf } from '../../support/resources.ts';

const given = [...appOf('web', '10.0.0.1'), ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } })];
const NAME = 'ingress-nginx/options';
const withOptions = (options: Readonly<Record<string, string>>) =>
  compiled([...given, configMapOf(NAME, options)], { controllerConfig: NAME });

describe('the ConfigMap', () => {
  test.each([
    {
      name: 'is not read without the flag',
      run: () => compiled([...given, configMapOf(NAME, { hsts: 'false' })]),
      lines: [],
    },
    { name: 'may be empty', run: () => withOptions({}), lines: [] },
    {
      name: 'may be missing',
      run: () => compiled(given, { controllerConfig: NAME }),
      lines: [`missing-config-map: the ConfigMap ${NAME} of --controller-config is not in the input`],
    },
    {
      name: 'may have options that cannot be honoured',
      run: () => withOptions({ 'lua-shared-dicts': 'a: 5' }),
      lines: ['unsupported-option: the option lua-shared-dicts is not honoured: nginx without Lua has no such memory'],
    },
    {
      name: 'may say of such an option that nothing is asked for',
      run: () => withOptions({ 'enable-serial-reloads': 'false' }),
      lines: [],
    },
    {
      name: 'may have a misspelt option',
      run: () => withOptions({ 'ssl-protocol': 'TLSv1.3' }),
      lines: ['unknown-option: there is no option "ssl-protocol"'],
      help: 'did you mean ssl-protocols?',
    },
    {
      name: 'may have an option that every object has',
      run: () => withOptions({ constructor: 'x' }),
      lines: ['unknown-option: there is no option "constructor"'],
      help: 'remove it',
    },
    {
      name: 'may have a value that is refused',
      run: () => withOptions({ 'hsts-max-age': '1y', 'http-redirect-code': '303' }),
      lines: [
        'invalid-option-value: http-redirect-code: "303" is not one of 301, 302, 307, 308',
        'invalid-option-value: hsts-max-age: "1y" is not a whole number',
      ],
    },
  ])('$name', ({ run, lines, help }) => {
    const { lines: said, found, routing } = run();
    expect(said).toEqual(lines);
    expect([undefined, found[0]?.help]).toContain(help);
    expect(routing.http.hsts?.asks.value).toBe('max-age=31536000; includeSubDomains');
  });
});

test.each([
  { options: {}, hsts: 'max-age=31536000; includeSubDomains' },
  { options: { hsts: 'false' }, hsts: undefined },
  { options: { 'hsts-max-age': '60' }, hsts: 'max-age=60; includeSubDomains' },
  { options: { 'hsts-include-subdomains': 'false' }, hsts: 'max-age=31536000' },
  { options: { 'hsts-preload': 'true' }, hsts: 'max-age=31536000; includeSubDomains; preload' },
])('HSTS with $options', ({ options, hsts }) => {
  expect(withOptions(options).routing.http.hsts?.asks.value).toBe(hsts);
});

test('TLS has the versions and ciphers of the options', () => {
  const { http } = withOptions({ 'ssl-protocols': 'TLSv1.3', 'ssl-ciphers': 'HIGH' }).routing;
  expect(http.tls?.asks).toEqual({ protocols: ['TLSv1.3'], ciphers: 'HIGH' });
});

test.each([
  { name: 'gives old workers four minutes by default', options: {}, timeout: '240s', lines: [] },
  {
    name: 'gives them what the option says',
    options: { 'worker-shutdown-timeout': '1m30s' },
    timeout: '1m30s',
    lines: [],
  },
  {
    name: 'gives them the default where nginx would not take the option',
    options: { 'worker-shutdown-timeout': '4 minutes' },
    timeout: '240s',
    lines: ['invalid-option-value: worker-shutdown-timeout: "4 minutes" is not a time that nginx understands'],
  },
])('a reload $name', ({ options, timeout, lines }) => {
  const { routing, lines: said } = withOptions(options);
  expect(routing.main.workers?.asks.shutdownTimeout).toBe(timeout);
  expect(said).toEqual(lines);
});
