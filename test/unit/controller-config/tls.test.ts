import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { tls } from '../../../src/controller-config/tls.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf, secretOf } from '../../support/resources.ts';

const DH = readFileSync(new URL('../../../fixtures/certificates/dhparam.pem', import.meta.url), 'utf8');
/** Good, but OpenSSL takes none of 512 bits. */
const SHORT = `-----BEGIN DH PARAMETERS-----
MEYCQQCrFHVwBjaLCVIIWOJJBnC7tsX+j48Db0Co66rdYzFN7v1eJ2JmvHoLbZCO
sf5Ub3BQ8dmQ684c/EsIrov5pJkXAgEC
-----END DH PARAMETERS-----
`;

const resources = [
  secretOf('ingress-nginx/dh', { 'dhparam.pem': `a comment\r\n${DH.replaceAll('\n', '\r\n')}` }),
  secretOf('ingress-nginx/short', { 'dhparam.pem': SHORT }),
  secretOf('ingress-nginx/broken', { 'dhparam.pem': DH.replace('MII', 'AII') }),
  secretOf('ingress-nginx/text', { 'dhparam.pem': 'no PEM' }),
  secretOf('ingress-nginx/empty', {}),
  { ...secretOf('ingress-nginx/refused', { 'dhparam.pem': DH }), isRefused: true as const },
];

function run(data: Readonly<Record<string, string>>) {
  const { policy, found, files } = runOptions(tls, data, resources);
  const { protocols: _, ciphers: __, ...rest } = policy ?? {};
  return { rest, files: files.map(({ kind, id }) => `${kind} ${id}`), lines: linesOf(found) };
}

describe('TLS of all hosts', () => {
  test.each([
    { name: 'is as usual without options', data: {}, rest: {} },
    { name: 'has the curves that OpenSSL prefers', data: { 'ssl-ecdh-curve': 'auto' }, rest: {} },
    { name: 'has other curves', data: { 'ssl-ecdh-curve': 'X25519:P-256' }, rest: { curves: 'X25519:P-256' } },
    { name: 'takes early data', data: { 'ssl-early-data': 'true' }, rest: { takesEarlyData: true } },
    { name: 'refuses unknown hosts', data: { 'ssl-reject-handshake': 'true' }, rest: { rejectsUnknown: true } },
  ])('$name', ({ data, rest }) => expect(run(data)).toEqual({ rest, files: [], lines: [] }));

  test.each(['', 'P-255', 'X25519;x', 'X25519::P-256', 'X25519 P-256'])('has the usual curves for "%s"', curves => {
    const { rest, lines } = run({ 'ssl-ecdh-curve': curves });
    expect(rest).toEqual({});
    expect(lines).toEqual([expect.stringMatching(/^invalid-option-value: ssl-ecdh-curve: /)]);
  });
});

describe('Diffie-Hellman parameters', () => {
  test('are those of the Secret, and nothing else of it', () => {
    const { policy, files } = runOptions(tls, { 'ssl-dh-param': ' ingress-nginx/dh ' }, resources);
    expect(policy?.dhParameters).toBe('ingress-nginx_dh_dh');
    expect(files).toMatchObject([{ kind: 'dh-parameters', content: DH }]);
  });

  test.each([
    { secret: 'dh', problem: 'is not in the input: no parameters are used' },
    { secret: 'ingress-nginx/nobody', problem: 'is not in the input: no parameters are used' },
    { secret: 'ingress-nginx/empty', problem: 'has nothing under dhparam.pem: none are used' },
    {
      secret: 'ingress-nginx/text',
      problem: 'has no Diffie-Hellman parameters in PEM form under dhparam.pem: none are used',
    },
    {
      secret: 'ingress-nginx/broken',
      problem: 'has Diffie-Hellman parameters under dhparam.pem that cannot be read: none are used',
    },
    {
      secret: 'ingress-nginx/short',
      problem: 'has Diffie-Hellman parameters of 512 bits under dhparam.pem, which OpenSSL rejects: none are used',
    },
  ])('are none of $secret', ({ secret, problem }) => {
    expect(run({ 'ssl-dh-param': secret })).toEqual({
      rest: {},
      files: [],
      lines: [`unusable-dh-parameters: ssl-dh-param: the Secret ${secret} ${problem}`],
    });
  });

  test('are none of a Secret that was refused, of which all has been said', () => {
    expect(run({ 'ssl-dh-param': 'ingress-nginx/refused' })).toEqual({ rest: {}, files: [], lines: [] });
  });
});
