import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { PageData } from '../../../src/answers/page-data.ts';
import { unpacked } from '../../../src/json/packed.ts';
import { reportPage } from '../../../src/report/page.ts';
import { hostileText } from '../../property/hostile.ts';
import { runs } from '../../property/runs.ts';
import { HASHES, pem } from '../../support/credentials.ts';
import { ingress, secret, service, tlsSecret, yamlOf } from '../../support/manifests.ts';
import { pageDataOf, pageOf } from '../../support/report-page.ts';
import { ROUTING } from '../answers/routing-sample.ts';

const DATA = /<script type="application\/json" id="data">(.*)<\/script>\n<script>/s;

function withText(text: string): PageData {
  const [first, ...others] = ROUTING.servers;
  const servers = [{ host: text, certificate: text, policies: {}, locations: [], from: [] }, ...others];
  const finding = { rule: 'I2N203', name: 'rewrite-regex-host', severity: 'error', message: text, help: text } as const;
  return {
    version: '0.0.0',
    routing: { ...ROUTING, servers: first === undefined ? servers : [first, ...servers] },
    places: [],
    findings: [{ ...finding, at: { file: text, line: 1, column: 1, excerpt: text } }],
  };
}

test('no text of a manifest becomes markup, or ends the script that it is in', () => {
  const shell = reportPage(withText('')).replace(DATA, '');
  fc.assert(
    fc.property(
      fc.oneof(hostileText, fc.constantFrom('</script><script>alert(1)</script>', '<!--<script>', '&lt;', '\u2028')),
      text => {
        const page = reportPage(withText(text));
        const [, data = ''] = DATA.exec(page) ?? [];
        expect(data).toMatch(/^[^<>&\u2028\u2029\p{Cc}]*$/u);
        expect(page.replace(DATA, '')).toBe(shell);
        const { findings }: PageData = unpacked(data);
        expect(findings[0]?.message).toBe(text);
      },
    ),
    runs(200),
  );
});

const WITH_SECRETS = [
  service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' }),
  tlsSecret('shop-tls', 'shop'),
  secret('users', { auth: HASHES.ines }),
  ingress({
    host: 'shop.example.com',
    tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
    annotations: { 'auth-type': 'basic', 'auth-secret': 'users' },
    paths: [['/', 'Prefix', 'web']],
  }),
];

test('nothing of a Secret is in the page but its name', () => {
  const page = pageOf(yamlOf(WITH_SECRETS));
  expect(page).toContain('users');
  expect(page).not.toContain(HASHES.ines);
  expect(page).not.toContain('BEGIN');
  expect(page).not.toContain(pem('shop').key.slice(100, 160));
});

test('equal manifests give equal bytes', () => {
  expect(pageOf(yamlOf(WITH_SECRETS))).toBe(pageOf(yamlOf(WITH_SECRETS)));
});

test('its policy lets nothing in: no request, no script but its own, no form', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(pageOf('')) ?? [];
  const hash = expect.stringMatching(/^'sha256-[\w+/]{43}='$/);
  const rules = policy.split('; ').map(rule => rule.split(' '));
  expect(rules).toEqual([
    ['default-src', "'none'"],
    ['script-src', hash],
    ['style-src', hash],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', "'none'"],
  ]);
});

test('a field that is not in the manifest is shown where it would be, and a finding names its field', () => {
  const text = yamlOf([
    ingress({
      host: 'shop.example.com',
      annotations: { 'proxy-read-timeout': 'soon' },
      paths: [['/', 'Prefix', 'web']],
    }),
  ]);
  const { findings, places } = pageDataOf(text);
  const found = findings.find(({ message }) => message.includes('proxy-read-timeout'));
  expect(found?.field?.path).toEqual(['metadata', 'annotations', 'nginx.ingress.kubernetes.io/proxy-read-timeout']);
  expect(found?.at?.file).toBe('shop.yaml');
  expect(places.length).toBeGreaterThan(0);
  expect(places.every(([, { file, line }]) => file === 'shop.yaml' && line > 0)).toBe(true);
});
