import { expect, test } from 'vitest';

import { fixedText } from '../../support/fixed.ts';

const OWN = 'nginx.ingress.kubernetes.io/';

function ingress(annotations: readonly string[], labels: readonly string[] = []): string {
  const block = (name: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `  ${name}:\n${lines.map(line => `    ${line}\n`).join('')}`;
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n${block('labels', labels)}${block('annotations', annotations)}spec:\n  rules:\n  - host: shop.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend: {service: {name: web, port: {number: 80}}}\n`;
}

test.each([
  { name: 'an underscore', before: `${OWN}ssl_redirect: "true"`, after: `${OWN}ssl-redirect: "true"` },
  { name: 'capitals', before: `"${OWN}Proxy-Body-Size": 8m # why`, after: `"${OWN}proxy-body-size": 8m # why` },
  { name: 'a letter', before: `${OWN}proxy-read-timeot: "60"`, after: `${OWN}proxy-read-timeout: "60"` },
  {
    name: 'a letter of the prefix',
    before: `nginx.ingres.kubernetes.io/ssl-redirect: "true"`,
    after: `${OWN}ssl-redirect: "true"`,
  },
  {
    name: 'the prefix from before 0.9',
    before: 'ingress.kubernetes.io/rewrite-target: /',
    after: `${OWN}rewrite-target: /`,
  },
  {
    name: 'a guard under the prefix from before 0.9',
    before: 'ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8',
    // Its older name is mended as well.
    after: `${OWN}allowlist-source-range: 10.0.0.0/8`,
  },
  { name: 'a guard that is misspelt', before: `${OWN}auth-typ: basic`, after: `${OWN}auth-type: basic` },
])('$name is mended in the name of an annotation', async ({ before, after }) => {
  const once = await fixedText(ingress([before]));
  expect(once.text).toBe(ingress([after]));
  expect((await fixedText(once.text)).text).toBe(once.text);
});

test.each([
  { name: 'two names are as near', line: `${OWN}limit-rp: "5"` },
  { name: 'no name is near', line: `${OWN}make-coffee: "true"` },
  { name: 'it is an annotation of F5, whose values are others', line: 'nginx.org/proxy-read-timeout: 60s' },
  { name: 'it is the guard of another controller', line: 'haproxy.org/auth-type: basic-auth' },
  { name: 'the controller no longer has it', line: `${OWN}secure-backends: "true"` },
])('nothing is changed where $name', async ({ line }) => {
  expect(await fixedText(ingress([line]))).toMatchObject({ text: ingress([line]), count: 0 });
});

test('nothing is changed where the name that was meant is there already', async () => {
  const text = ingress([`${OWN}ssl-redirect: "false"`, `${OWN}ssl_redirect: "true"`]);
  expect(await fixedText(text)).toMatchObject({ text, count: 0 });
});

test('two guards without effect are mended together, or neither', async () => {
  const both = await fixedText(ingress([`${OWN}auth_type: basic`, `${OWN}auth_secret: users`]));
  expect(both.text).toBe(ingress([`${OWN}auth-type: basic`, `${OWN}auth-secret: users`]));
  expect(both.count).toBe(1);
  const text = ingress([`${OWN}auth_type: basic`, `${OWN}jwt-key: users`]);
  expect(await fixedText(text)).toMatchObject({ text, count: 0 });
});

test('an annotation among the labels goes where the others are', async () => {
  const before = ingress(['a: b'], ['app: shop', `${OWN}ssl-redirect: "false" # why`]);
  const after = ingress([`${OWN}ssl-redirect: "false" # why`, 'a: b'], ['app: shop']);
  expect((await fixedText(before)).text).toBe(after);
  const alone = ingress([], [`${OWN}ssl-redirect: "false"`]);
  expect(await fixedText(alone)).toMatchObject({ text: alone, count: 0, refused: [] });
});
