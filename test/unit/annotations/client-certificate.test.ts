import { describe, expect, test } from 'vitest';

import { clientCertificate } from '../../../src/annotations/client-certificate.ts';
import { planOf, runServerFamily } from '../../support/annotations.ts';
import { authority, pem } from '../../support/credentials.ts';
import { compiled, ingressOf, secretOf, serviceOf, sliceOf } from '../../support/resources.ts';

const CA = authority('clients.crt');
const CRL = authority('clients.crl');
const SECRET = { 'auth-tls-secret': 'shop/clients' };
const resources = [
  secretOf('clients', { 'ca.crt': CA }),
  secretOf('clients-crl', { 'ca.crt': `a comment\r\n${CA.replaceAll('\n', '\r\n')}${CA}`, 'ca.crl': CRL }),
  secretOf('pair', { 'tls.crt': pem('shop').chain, 'tls.key': pem('shop').key }),
  secretOf('empty', { 'ca.crt': ' ' }),
  secretOf('twice', { 'ca.crt': Buffer.from(CA).toString('base64') }),
  secretOf('cut-off', { 'ca.crt': CA.slice(0, -40) }),
  secretOf('garbage', { 'ca.crt': CA.replace('MII', 'AII') }),
  secretOf('text', { 'ca.crt': 'no PEM' }),
  secretOf('bad-list', { 'ca.crt': CA, 'ca.crl': CRL.replace('-----\nMI', '-----\nAI') }),
  secretOf('short-list', { 'ca.crt': CA, 'ca.crl': CRL.replace(/\n[^\n]*\n(?=-----END)/u, '\n') }),
  secretOf('other-list', { 'ca.crt': CA, 'ca.crl': CA }),
  secretOf('other/clients', { 'ca.crt': CA }),
  { ...secretOf('refused', { 'ca.crt': CA }), isRefused: true as const },
];
const run = (annotations: Readonly<Record<string, string>>) =>
  runServerFamily(clientCertificate, annotations, resources);

const PLAIN = {
  authorities: 'shop_clients_ca',
  verify: 'on',
  depth: 1,
  isPassed: false,
  open: ['/.well-known/acme-challenge'],
  isOfAll: false,
};

describe('a host asks for client certificates', () => {
  test.each([
    { name: 'with a Secret', given: SECRET, asks: PLAIN },
    { name: 'with blanks around it', given: { 'auth-tls-secret': ' shop/clients ' }, asks: PLAIN },
    {
      name: 'with what was revoked',
      given: { 'auth-tls-secret': 'shop/clients-crl' },
      asks: { ...PLAIN, authorities: 'shop_clients-crl_ca', revoked: 'shop_clients-crl_crl' },
    },
    {
      name: 'with everything',
      given: {
        ...SECRET,
        'auth-tls-verify-client': 'optional_no_ca',
        'auth-tls-verify-depth': '3',
        'auth-tls-error-page': 'https://a.example/b',
        'auth-tls-pass-certificate-to-upstream': 'true',
        'auth-tls-match-cn': 'CN=(a|b)',
      },
      asks: {
        ...PLAIN,
        verify: 'optional_no_ca',
        depth: 3,
        errorPage: 'https://a.example/b',
        isPassed: true,
        subject: 'CN=(a|b)',
      },
    },
    { name: 'with the depth 0, which is 1', given: { ...SECRET, 'auth-tls-verify-depth': '0' }, asks: PLAIN },
    { name: 'with empty values, which say nothing', given: { ...SECRET, 'auth-tls-match-cn': '' }, asks: PLAIN },
    {
      name: 'or does not, if it is off',
      given: { ...SECRET, 'auth-tls-verify-client': 'off' },
      asks: { ...PLAIN, verify: 'off' },
    },
    {
      name: 'or does not, if it is off, and there is no authority',
      given: { 'auth-tls-secret': 'shop/pair', 'auth-tls-verify-client': 'off' },
      asks: undefined,
    },
    { name: 'or does not without a Secret', given: { 'auth-tls-verify-client': 'optional' }, asks: undefined },
    { name: 'or does not with an empty one', given: { 'auth-tls-secret': '' }, asks: undefined },
  ])('$name', ({ given, asks }) => {
    expect(run(given)).toEqual({ asks, denied: undefined, lines: [] });
  });

  test.each([
    {
      name: 'a word that is none',
      given: { ...SECRET, 'auth-tls-verify-client': 'true' },
      problem: 'auth-tls-verify-client: "true" is not one of on, off, optional, optional_no_ca',
    },
    {
      name: 'a depth that is none',
      given: { ...SECRET, 'auth-tls-verify-depth': '1.5' },
      problem: 'auth-tls-verify-depth: "1.5" is not a whole number',
    },
    {
      name: 'a location that only a snippet makes',
      given: { ...SECRET, 'auth-tls-error-page': '@page' },
      problem: 'auth-tls-error-page: there is no location "@page": clients without a good certificate get 400',
    },
  ])('and takes the default for $name', ({ given, problem }) => {
    expect(run(given)).toEqual({ asks: PLAIN, denied: undefined, lines: [`invalid-annotation-value: ${problem}`] });
  });
});

const CLOSED = 'all locations of its hosts answer 403';

describe('a host is closed', () => {
  test.each([
    { secret: 'clients', problem: 'auth-tls-secret: "clients" is not "namespace/name"' },
    { secret: 'a/b/c', problem: 'auth-tls-secret: "a/b/c" is not "namespace/name"' },
    { secret: '/clients', problem: 'auth-tls-secret: "/clients" is not "namespace/name"' },
    { secret: 'shop/nobody', problem: 'auth-tls-secret: the Secret shop/nobody is not in the input' },
    { secret: 'other/clients', problem: 'auth-tls-secret: other/clients is not in the namespace of the Ingress' },
    { secret: 'shop/pair', problem: 'the Secret shop/pair has nothing under ca.crt' },
    { secret: 'shop/empty', problem: 'the Secret shop/empty has nothing under ca.crt' },
    { secret: 'shop/twice', problem: 'the Secret shop/twice has a ca.crt that is encoded in base64 twice' },
    {
      secret: 'shop/cut-off',
      problem: 'the Secret shop/cut-off has a certificate under ca.crt that is cut off: its END line is missing',
    },
    {
      secret: 'shop/garbage',
      problem: 'the Secret shop/garbage has a certificate under ca.crt that cannot be read, number 1',
    },
    { secret: 'shop/text', problem: 'the Secret shop/text has no certificate in PEM form under ca.crt' },
    {
      secret: 'shop/bad-list',
      problem: 'the Secret shop/bad-list has a list of revoked certificates under ca.crl that cannot be read',
    },
    {
      secret: 'shop/short-list',
      problem: 'the Secret shop/short-list has a list of revoked certificates under ca.crl that cannot be read',
    },
    {
      secret: 'shop/other-list',
      problem: 'the Secret shop/other-list has no list of revoked certificates in PEM form under ca.crl',
    },
  ])('by the Secret $secret', ({ secret, problem }) => {
    const { plan, lines } = planOf(clientCertificate, { 'auth-tls-secret': secret }, resources);
    expect(plan.closes.map(({ closes }) => closes)).toEqual(['host']);
    expect(lines).toEqual([`missing-client-authority: ${problem}: ${CLOSED}`]);
  });

  test('by a Secret that was refused, of which all has been said', () => {
    const { plan, lines } = planOf(clientCertificate, { 'auth-tls-secret': 'shop/refused' }, resources);
    expect(plan.closes.map(({ closes }) => closes)).toEqual(['host']);
    expect(lines).toEqual([]);
  });

  test.each([
    {
      given: { 'auth-tls-secret': 'shop/cli"ents' },
      problem: 'auth-tls-secret: "shop/cli"ents" has characters that are not allowed here',
    },
    {
      given: { ...SECRET, 'auth-tls-error-page': 'https://a.example/?b' },
      problem: 'auth-tls-error-page: "https://a.example/?b" has characters that are not allowed here',
    },
    {
      given: { ...SECRET, 'auth-tls-pass-certificate-to-upstream': 'yes' },
      problem: 'auth-tls-pass-certificate-to-upstream: "yes" is not a boolean',
    },
    {
      given: { ...SECRET, 'auth-tls-match-cn': 'alice' },
      problem: 'auth-tls-match-cn: "alice" does not begin with "CN="',
    },
    {
      given: { ...SECRET, 'auth-tls-match-cn': 'CN=(' },
      problem: 'auth-tls-match-cn: "CN=(" is not a regular expression: unclosed "("',
    },
  ])('by a value for which the controller drops the Ingress: $problem', ({ given, problem }) => {
    const { plan, lines } = planOf(clientCertificate, given, resources);
    expect(plan.closes.map(({ closes }) => closes)).toEqual(['dropped', 'host']);
    expect(lines).toEqual([`invalid-guard: ${problem}`]);
  });

  test.each([
    { name: 'auth-tls-match-cn', given: { 'auth-tls-match-cn': 'CN=alice' } },
    { name: 'auth-tls-verify-client', given: { 'auth-tls-verify-client': 'on' } },
  ])('in part by $name alone, which the controller ignores', ({ name, given }) => {
    const { plan, lines } = planOf(clientCertificate, given);
    expect(plan.closes.map(({ closes }) => closes)).toEqual(['location']);
    expect(lines).toEqual([`invalid-guard: ${name} asks for a client certificate, but auth-tls-secret is missing`]);
  });
});

const app = [serviceOf('web'), sliceOf('web', ['80'], ['10.0.0.1'])];
const open = ingressOf({ name: 'a', hosts: { 'a.io': [['/y/', 'web:80']] } });

describe('an Ingress that guards its host', () => {
  test('closes it where it drops out for another reason', () => {
    const annotations = { ...SECRET, 'ssl-ciphers': ';' };
    const guard = ingressOf({ name: 'z', annotations, hosts: { 'a.io': [['/x/', 'web:80']] } });
    const { locations } = compiled([...app, ...resources, guard, open]);
    expect(locations('a.io')).toEqual(['^ /y/ -> 403', '^ /x/ -> 403', '^ / -> 403']);
  });

  test('closes nothing where it drops out and asks for nothing', () => {
    const annotations = { ...SECRET, 'auth-tls-verify-client': 'off', 'ssl-ciphers': ';' };
    const guard = ingressOf({ name: 'z', annotations, hosts: { 'a.io': [['/x/', 'web:80']] } });
    const { locations } = compiled([...app, ...resources, guard, open]);
    expect(locations('a.io')[0]).toBe('^ /y/ -> shop-web-80');
  });

  test('guards the default server, which it took over without a rule', () => {
    const { routing } = compiled([...app, ...resources, ingressOf({ annotations: SECRET, defaultBackend: 'web:80' })]);
    const server = routing.servers.find(({ host }) => host === '_');
    expect(server?.policies.clientCertificate?.asks).toEqual({ ...PLAIN, isOfAll: true });
  });

  test('guards it where it takes a share of it, as in the controller', () => {
    const other = [serviceOf('next'), sliceOf('next', ['80'], ['10.0.0.2'])];
    const annotations = { ...SECRET, canary: 'true', 'canary-weight': '10' };
    const canary = ingressOf({ name: 'c', annotations, hosts: { 'a.io': [['/y/', 'next:80']] } });
    const { routing } = compiled([...app, ...other, ...resources, open, canary]);
    const server = routing.servers.find(({ host }) => host === 'a.io');
    expect(server?.policies.clientCertificate?.asks).toEqual(PLAIN);
    expect(routing.files.map(({ id }) => id)).toContain('shop_clients_ca');
  });
});
