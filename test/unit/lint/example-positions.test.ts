import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { foundAt } from '../../support/found-at.ts';

/** Where the bad example of a rule is wrong: line and column of what is to be changed there. */
const POSITIONS: readonly (readonly [rule: string, place: string, what: string])[] = [
  ['certificate-expires-soon', '20:12', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS'],
  ['certificate-chain', '19:12', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS'],
  ['certificate-usage', '19:12', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS'],
  ['certificate-without-names', '19:12', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS'],
  ['staging-certificate', '19:12', 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS'],
  ['authority-dates', '24:5', '-----BEGIN CERTIFICATE-----'],
  ['tls-entry-without-secret', '6:5', 'hosts: [shop.example.com]'],
  ['certificate-not-issued', '11:5', 'secretName: shop-tls'],
  ['host-without-tls', '27:11', 'blog.example.com'],
  ['open-network', '7:57', '10.20.30.0/0'],
  ['all-addresses', '7:57', '0.0.0.0/0,10.20.30.0/24'],
  ['network-with-host-bits', '7:56', '192.0.2.17/8'],
  ['unencrypted-auth', '8:46', 'http://login.example.com/start'],
  ['auth-service-of-client', '7:43', 'https://$http_host/oauth2/auth'],
  ['open-redirect', '7:49', 'https://www.example.com$1'],
  ['open-cors-origin', '8:52', '"https://app.example.com,null"'],
  ['unverified-client', '8:57', 'optional_no_ca'],
  ['any-subject', '8:52', '"CN=.*"'],
  ['open-snippet', '9:7', 'add_header'],
  ['weak-tls', '6:18', 'TLSv1 TLSv1.1'],
  ['snippets-allowed', '6:30', '"true"'],
  ['believed-clients', '6:26', '"true"'],
  ['version-disclosure', '6:18', '"true"'],
  ['weak-password-hash', '22:9', "'ines:{PLAIN}rue-des-lilas'"],
  ['password-without-tls', '7:44', 'basic'],
  ['too-few-connections', '6:27', '"64"'],
  ['server-name-bucket', '6:33', '"64"'],
  ['large-body-buffer', '7:58', '512m'],
  ['annotation-as-label', '7:5', 'nginx.ingress.kubernetes.io/use-regex'],
  ['cors-open-to-all', '8:52', 'https://app.example.com/'],
  ['shared-auth-answers', '7:26', '$host'],
  ['auth-of-no-path', '6:22', '/'],
  ['old-loopback-endpoint', '6:26', '127.0.0.1'],
  ['annotation-not-yet', '8:5', 'nginx.ingress.kubernetes.io/relative-redirects'],
  ['option-not-yet', '6:3', 'relative-redirects'],
  ['removed-later', '8:5', 'nginx.ingress.kubernetes.io/global-rate-limit'],
  ['other-defaults', '5:1', 'data'],
  ['unvalidated-value', '8:44', 'ten'],
  ['foreign-snippet', '7:5', 'example.com/header-snippet'],
  ['satisfy-in-snippet', '9:56', 'satisfy all;'],
  ['guard-without-effect', '7:5', 'ingress.kubernetes.io/whitelist-source-range'],
  ['refused-path-type', '9:16', '/@me'],
  ['class-and-annotation', '7:34', 'nginx'],
];

function settingsOf(text: string): Readonly<Record<string, string | number>> {
  const words = /^# settings: (.*)$/mu.exec(text)?.[1]?.split(' ') ?? [];
  const pairs = words.map(word => word.split('='));
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key, /^\d+$/.test(value) ? Number(value) : value]));
}

test.each(POSITIONS)('%s is found at %s', (rule, place, what) => {
  const text = readFileSync(new URL(`../../../fixtures/rules/${rule}/bad.yaml`, import.meta.url), 'utf8');
  const found = foundAt(text, { watchWithoutClass: true, ...settingsOf(text) });
  expect(found.filter(line => line.endsWith(` ${rule}`)).map(line => line.split(' ')[0])).toEqual([place]);
  const [line = 0, column = 0] = place.split(':').map(Number);
  expect(text.split('\n')[line - 1]?.slice(column - 1, column - 1 + what.length)).toBe(what);
});
