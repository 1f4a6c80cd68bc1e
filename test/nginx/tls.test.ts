import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Backends } from '../support/backends.ts';
import { expectAnswer, handshake } from '../support/client.ts';
import { app, ingress, tlsSecret } from '../support/manifests.ts';
import type { IngressOptions, Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

/** The name in the placeholder certificate starts like this. */
const PLACEHOLDER = /public|placeholder/iu;

function host(name: string, options: IngressOptions): Manifest {
  return ingress({ name: name.replaceAll(/[*.]/gu, 'x'), host: name, paths: [['/', 'Prefix', 'web']], ...options });
}

const secrets = [
  tlsSecret('shop-tls', 'shop'),
  tlsSecret('apps-tls', 'wildcard'),
  tlsSecret('fallback-tls', 'fallback'),
  tlsSecret('other-tls', 'other'),
  tlsSecret('expired-tls', 'expired'),
  tlsSecret('legacy-tls', 'common-name'),
];

function manifests(backends: Backends): readonly Manifest[] {
  return [
    ...app(backends, 'web'),
    ...secrets,
    host('shop.example.com', { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] }),
    host('www.shop.example.com', { tls: [{ secretName: 'shop-tls' }] }),
    host('*.apps.example.com', { tls: [{ hosts: ['*.apps.example.com'], secretName: 'apps-tls' }] }),
    host('one.apps.example.com', { tls: [{ hosts: ['*.apps.example.com'], secretName: 'apps-tls' }] }),
    host('plain.example.com', {}),
    host('expired.example.com', { tls: [{ hosts: ['expired.example.com'], secretName: 'expired-tls' }] }),
    host('legacy.example.com', { tls: [{ hosts: ['legacy.example.com'], secretName: 'legacy-tls' }] }),
    host('missing.example.com', { tls: [{ hosts: ['missing.example.com'], secretName: 'nowhere' }] }),
    host('wrong.example.com', { tls: [{ hosts: ['wrong.example.com'], secretName: 'other-tls' }] }),
    host('unnamed.example.com', { tls: [{ hosts: ['unnamed.example.com'] }] }),
  ];
}

let served: Served;

beforeAll(async () => {
  served = await serve(manifests);
});
afterAll(() => served.stop());

describe('over HTTPS', () => {
  test.each([
    { name: 'a host shows its certificate', host: 'shop.example.com', subject: 'shop.example.com' },
    { name: 'a tls entry without hosts is matched by name', host: 'www.shop.example.com', subject: 'shop.example.com' },
    { name: 'a wildcard host shows its certificate', host: 'two.apps.example.com', subject: '*.apps.example.com' },
    { name: 'an exact host finds a wildcard certificate', host: 'one.apps.example.com', subject: '*.apps.example.com' },
    {
      name: 'a certificate that has expired is still shown',
      host: 'expired.example.com',
      subject: 'expired.example.com',
    },
    { name: 'a common name counts without alternatives', host: 'legacy.example.com', subject: 'legacy.example.com' },
  ])('$name', async ({ host: name, subject }) => {
    expectAnswer(await served.ask({ host: name, path: '/', https: true }), { status: 200, pod: 'web', subject });
  });

  test.each([
    { name: 'a host without tls', host: 'plain.example.com', status: 200 },
    { name: 'a host whose Secret is missing', host: 'missing.example.com', status: 200 },
    { name: 'a host whose certificate is for another', host: 'wrong.example.com', status: 200 },
    { name: 'a host whose tls entry names no Secret', host: 'unnamed.example.com', status: 200 },
    { name: 'an unknown host', host: 'nobody.example.com', status: 404 },
  ])('$name shows the placeholder', async ({ host: name, status }) => {
    const answer = await served.ask({ host: name, path: '/', https: true });
    expect(answer.subject).toMatch(PLACEHOLDER);
    expect(answer.status).toBe(status);
  });

  test('no server name shows the placeholder', async () => {
    const { subject } = await handshake(served.ports, { servername: '' });
    expect(subject).toMatch(PLACEHOLDER);
  });

  test.each(['missing.example.com', 'wrong.example.com', 'expired.example.com'])('a warning is about %s', name => {
    const texts = served.findings.filter(found => found.severity === 'warning').map(found => found.message);
    const secretName = { 'missing.example.com': 'nowhere', 'wrong.example.com': 'other-tls' }[name] ?? 'expired';
    expect(texts.filter(text => text.includes(secretName))).not.toEqual([]);
  });
});

describe('the protocol', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken', async version => {
    const options = { servername: 'shop.example.com', minVersion: version, maxVersion: version };
    expect(await handshake(served.ports, options)).toMatchObject({ subject: 'shop.example.com', protocol: version });
  });

  test('TLSv1.1 is refused', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(handshake(served.ports, { servername: 'shop.example.com', ...old })).rejects.toThrow(
      /alert|protocol/u,
    );
  });
});

describe('--default-ssl-certificate', () => {
  test('shows a Secret where the placeholder would be', async () => {
    const own = await serve(manifests, ['--default-ssl-certificate', 'shop/fallback-tls']);
    try {
      for (const name of ['plain.example.com', 'missing.example.com', 'nobody.example.com']) {
        expectAnswer(await own.ask({ host: name, path: '/', https: true }), { subject: 'fallback.example.com' });
      }
      expectAnswer(await own.ask({ host: 'shop.example.com', path: '/', https: true }), {
        subject: 'shop.example.com',
      });
    } finally {
      await own.stop();
    }
  });

  test('none refuses the handshake where the placeholder would be', async () => {
    const none = await serve(manifests, ['--default-ssl-certificate', 'none']);
    try {
      for (const name of ['plain.example.com', 'missing.example.com', 'nobody.example.com']) {
        await expect(handshake(none.ports, { servername: name })).rejects.toThrow(/alert|unrecognized/u);
      }
      expectAnswer(await none.ask({ host: 'shop.example.com', path: '/', https: true }), { status: 200, pod: 'web' });
      expectAnswer(await none.ask({ host: 'plain.example.com', path: '/' }), { status: 200, pod: 'web' });
    } finally {
      await none.stop();
    }
  });
});
