import { describe, expect, test } from 'vitest';

import { backendTls } from '../../../src/annotations/backend-tls.ts';
import { planOf } from '../../support/annotations.ts';
import { authority, pem } from '../../support/credentials.ts';
import { secretOf } from '../../support/resources.ts';

const CA = authority('clients.crt');
const { chain, key } = pem('alice');
const SECRET = { 'proxy-ssl-secret': 'shop/backends' };
const resources = [
  secretOf('backends', { 'ca.crt': CA, 'tls.crt': chain, 'tls.key': key }),
  secretOf('authority', { 'ca.crt': CA }),
  secretOf('pair', { 'tls.crt': chain, 'tls.key': key }),
  secretOf('wrong-pair', { 'ca.crt': CA, 'tls.crt': chain, 'tls.key': pem('bob').key }),
  secretOf('half', { 'tls.crt': chain }),
  secretOf('broken', { 'ca.crt': 'x' }),
  { ...secretOf('refused', { 'ca.crt': CA }), isRefused: true as const },
];

function run(annotations: Readonly<Record<string, string>>) {
  const { plan, lines } = planOf(backendTls, annotations, resources);
  const { authorities, keyPair, settings, isForHost } = plan.encryption ?? {};
  return {
    files: [authorities?.id, keyPair?.id],
    settings,
    isForHost,
    closes: plan.closes.map(({ closes }) => closes),
    lines,
  };
}

const PLAIN = { ciphers: 'DEFAULT', protocols: ['TLSv1.2'], isVerified: false, depth: 1, sendsName: false };
const ALL = ['shop_backends_ca', 'shop_backends_client'];

describe('TLS to backends', () => {
  test.each([
    { name: 'has the authorities and the key pair of a Secret', given: SECRET, files: ALL, settings: PLAIN },
    {
      name: 'has only the authorities, if there is no key pair',
      given: { 'proxy-ssl-secret': ' shop/authority ' },
      files: ['shop_authority_ca', undefined],
      settings: PLAIN,
    },
    {
      name: 'is as the annotations say',
      given: {
        ...SECRET,
        'proxy-ssl-ciphers': 'HIGH:!aNULL',
        'proxy-ssl-name': 'a.example',
        'proxy-ssl-protocols': 'TLSv1.3  TLSv1.2',
        'proxy-ssl-server-name': 'on',
        'proxy-ssl-verify': 'on',
        'proxy-ssl-verify-depth': '3',
      },
      files: ALL,
      settings: {
        ciphers: 'HIGH:!aNULL',
        protocols: ['TLSv1.2', 'TLSv1.3'],
        isVerified: true,
        depth: 3,
        name: 'a.example',
        sendsName: true,
      },
    },
    {
      name: 'tells the name that the controller tells, where nobody has another',
      given: { ...SECRET, 'proxy-ssl-server-name': 'on' },
      files: ALL,
      settings: { ...PLAIN, sendsName: true, name: 'upstream_balancer' },
    },
    {
      name: 'may have a name that is that of the request',
      given: { ...SECRET, 'proxy-ssl-name': '${host}' },
      files: ALL,
      settings: { ...PLAIN, name: '${host}' },
    },
  ])('$name', ({ given, files, settings }) => {
    expect(run(given)).toEqual({ files, settings, isForHost: true, closes: [], lines: [] });
  });

  test.each([
    { name: 'no Secret', given: { 'proxy-ssl-verify': 'off' } },
    { name: 'an empty one', given: { 'proxy-ssl-secret': '' } },
  ])('is nobody asked for with $name', ({ given }) => {
    expect(run(given)).toEqual({ files: [undefined, undefined], closes: [], lines: [] });
  });

  test.each([
    { given: { 'proxy-ssl-ciphers': 'HIGH' }, problem: 'proxy-ssl-ciphers has no effect' },
    {
      given: { 'proxy-ssl-name': 'a.example', 'proxy-ssl-server-name': 'on' },
      problem: 'proxy-ssl-name and proxy-ssl-server-name have no effect',
    },
  ])('is nobody asked for without a Secret: $problem', ({ given, problem }) => {
    const { settings, closes, lines } = run(given);
    expect({ settings, closes }).toEqual({ settings: undefined, closes: [] });
    expect(lines).toEqual([`annotation-without-effect: ${problem} without proxy-ssl-secret`]);
  });

  test.each([
    {
      given: { 'proxy-ssl-verify': 'false' },
      problem: 'proxy-ssl-verify: "false" is not one of on, off: nothing is checked',
    },
    {
      given: { 'proxy-ssl-verify-depth': 'x' },
      problem: 'proxy-ssl-verify-depth: "x" is not a whole number',
    },
    {
      given: { 'proxy-ssl-protocols': 'TLSv1.1' },
      problem: 'proxy-ssl-protocols: "TLSv1.1" is not a list of TLS versions',
    },
    {
      given: { 'proxy-ssl-ciphers': 'NONSENSE' },
      problem: 'proxy-ssl-ciphers: "NONSENSE" is not an OpenSSL cipher list: "DEFAULT" is used',
    },
    {
      given: { 'proxy-ssl-ciphers': 'A;B' },
      problem: 'proxy-ssl-ciphers: "A;B" has characters that are not allowed here',
    },
    {
      given: { 'proxy-ssl-name': 'a b' },
      problem: 'proxy-ssl-name: "a b" has characters that are not allowed here',
    },
    {
      given: { 'proxy-ssl-name': '$nobody' },
      problem: 'proxy-ssl-name: "$nobody" has $nobody, which is not a variable of nginx',
    },
    {
      given: { 'proxy-ssl-server-name': 'true' },
      problem: 'proxy-ssl-server-name: "true" is not one of on, off',
    },
  ])('takes the default and says so: $problem', ({ given, problem }) => {
    expect(run({ ...SECRET, ...given })).toEqual({
      files: ALL,
      settings: PLAIN,
      isForHost: true,
      closes: [],
      lines: [`invalid-annotation-value: ${problem}`],
    });
  });

  test('is checked for a name that no backend has, if nobody says which, with a warning', () => {
    const { settings, lines } = run({ ...SECRET, 'proxy-ssl-verify': 'on' });
    expect(settings).toEqual({ ...PLAIN, isVerified: true, name: 'upstream_balancer' });
    const problem = 'the certificate of the backend must bear the name upstream_balancer';
    expect(lines).toEqual([`backend-name-missing: proxy-ssl-verify without proxy-ssl-name: ${problem}`]);
  });

  test('shows no certificate without authorities beside it, as in the controller', () => {
    const { files, isForHost, closes, lines } = run({ 'proxy-ssl-secret': 'shop/pair' });
    expect({ files, isForHost, closes }).toEqual({ files: [undefined, undefined], isForHost: false, closes: [] });
    const problem = 'the certificate of shop/pair is not shown to backends, since the Secret has no ca.crt';
    expect(lines).toEqual([`annotation-without-effect: proxy-ssl-secret: ${problem}`]);
  });
});

const CLOSED = 'the locations of this Ingress answer 503';

describe('the locations are closed', () => {
  test.each([
    { given: { 'proxy-ssl-secret': 'backends' }, problem: 'proxy-ssl-secret: "backends" is not "namespace/name"' },
    {
      given: { 'proxy-ssl-secret': 'shop/nobody' },
      problem: 'proxy-ssl-secret: the Secret shop/nobody is not in the input',
    },
    {
      given: { 'proxy-ssl-secret': 'other/backends' },
      problem: 'proxy-ssl-secret: other/backends is not in the namespace of the Ingress',
    },
    {
      given: { 'proxy-ssl-secret': 'shop/wrong-pair' },
      problem: 'the Secret shop/wrong-pair contains the key of another certificate',
    },
    { given: { 'proxy-ssl-secret': 'shop/half' }, problem: 'the Secret shop/half has nothing under ca.crt' },
    {
      given: { 'proxy-ssl-secret': 'shop/broken' },
      problem: 'the Secret shop/broken has no certificate in PEM form under ca.crt',
    },
    {
      given: { 'proxy-ssl-secret': 'shop/pair', 'proxy-ssl-verify': 'on' },
      problem: 'the Secret shop/pair has nothing under ca.crt',
    },
  ])('by a Secret of no use: $problem', ({ given, problem }) => {
    const { closes, lines } = run({ 'proxy-ssl-name': 'a.example', ...given });
    expect(closes).toEqual(['location']);
    expect(lines).toEqual([`missing-backend-authority: ${problem}: ${CLOSED}`]);
  });

  test('by a Secret that was refused, of which all has been said', () => {
    expect(run({ 'proxy-ssl-secret': 'shop/refused' })).toMatchObject({ closes: ['location'], lines: [] });
  });

  test.each([
    {
      given: { 'proxy-ssl-secret': 'shop;' },
      closes: ['dropped'],
      problem: 'proxy-ssl-secret: "shop;" has characters that are not allowed here',
    },
    {
      given: { ...SECRET, 'proxy-ssl-verify': 'true' },
      closes: ['location'],
      problem: 'proxy-ssl-verify: "true" is not one of on, off',
    },
    {
      given: { 'backend-protocol': 'https', 'proxy-ssl-verify': 'on' },
      closes: ['location'],
      problem: 'proxy-ssl-verify asks for certificates of backends to be checked, but proxy-ssl-secret is missing',
    },
  ])('by what asks for a check and cannot have it: $problem', ({ given, closes, problem }) => {
    expect(run(given)).toMatchObject({ closes, lines: [`invalid-guard: ${problem}`] });
  });
});
