import { expect, test } from 'vitest';

import { appOf, compiled, ingressOf, linesOf } from '../../support/resources.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

function said(annotations: Readonly<Record<string, string>>, labels?: Readonly<Record<string, string>>) {
  const ingress = ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } });
  const given = { ...ingress, annotations, ...(labels === undefined ? {} : { labels }) };
  const { found } = compiled([...appOf('web', '10.0.0.1'), given]);
  return { lines: linesOf(found), help: found[0]?.help, at: found[0]?.at };
}

test.each([
  { name: 'user-regex', help: `did you mean ${PREFIX}use-regex?` },
  { name: 'server-snippets', help: `did you mean ${PREFIX}server-snippet?` },
  { name: 'proxy-buffers', help: `did you mean ${PREFIX}proxy-buffers-number and ${PREFIX}proxy-buffer-size?` },
  { name: 'client-max-body-size', help: `did you mean ${PREFIX}proxy-body-size?` },
  { name: 'client_max_body_size', help: `did you mean ${PREFIX}proxy-body-size?` },
  { name: 'ingress-class', help: 'write `ingressClassName` in `spec`' },
  { name: 'websocket-services', help: 'remove it: WebSocket connections need no annotation' },
  { name: 'lb-method', help: `did you mean ${PREFIX}load-balance or ${PREFIX}upstream-hash-by?` },
  { name: 'hsts', help: 'write hsts in the ConfigMap of the controller: it is an option' },
  {
    name: 'use-forwarded-headers',
    help: 'write use-forwarded-headers in the ConfigMap of the controller: it is an option',
  },
])('of the annotation $name is said what was meant', ({ name, help }) => {
  const { lines, help: given } = said({ [PREFIX + name]: 'x' });
  expect(lines).toEqual([`unknown-annotation: there is no annotation "${PREFIX}${name}"`]);
  expect(given).toBe(help);
});

test.each([
  { prefix: 'nginx.ingress.kubernetes' },
  { prefix: 'nginx.kubernetes.io' },
  { prefix: 'ingress-nginx.kubernetes.io' },
  { prefix: 'nginx-ingress.kubernetes.io' },
  { prefix: 'nginx.ingress.k8s.io' },
])('the prefix $prefix is taken for a mistake', ({ prefix }) => {
  const { lines, help } = said({ [`${prefix}/use-regex`]: 'true' });
  expect(lines).toEqual([`unknown-annotation: there is no annotation "${prefix}/use-regex"`]);
  expect(help).toBe(`did you mean ${PREFIX}use-regex?`);
});

const OLD = 'only versions of the controller before 0.9 read ingress.kubernetes.io/';
const F5 = 'is for another controller, the one of F5';

test.each([
  {
    name: 'one of the old prefix',
    annotations: { 'ingress.kubernetes.io/rewrite-target': '/' },
    lines: [`"ingress.kubernetes.io/rewrite-target" has no effect: ${OLD}`],
    help: `write ${PREFIX}rewrite-target`,
  },
  {
    name: 'one of F5 that has the same name here',
    annotations: { 'nginx.org/proxy-read-timeout': '30s' },
    lines: [`"nginx.org/proxy-read-timeout" has no effect: nginx.org/ ${F5}`],
    help: `write ${PREFIX}proxy-read-timeout`,
  },
  {
    name: 'all of F5 at once',
    annotations: { 'nginx.org/client-max-body-size': '8m', 'nginx.com/slow-start': '30s' },
    lines: [`"nginx.org/client-max-body-size" and "nginx.com/slow-start" have no effect: nginx.org/ ${F5}`],
    help: `did you mean ${PREFIX}proxy-body-size?`,
  },
])('of another controller is said: $name', ({ annotations, lines, help }) => {
  const { lines: found, help: given } = said(annotations);
  expect(found).toEqual(lines.map(line => `other-prefix: ${line}`));
  expect(given).toBe(help);
});

test.each([
  {
    name: 'what stands under the right prefix as well',
    annotations: { 'ingress.kubernetes.io/use-regex': 'true', [`${PREFIX}use-regex`]: 'true' },
  },
  {
    name: 'what stands under the right prefix with another name',
    annotations: { 'nginx.org/client-max-body-size': '8m', [`${PREFIX}proxy-body-size`]: '8m' },
  },
  { name: 'a name that this controller never had', annotations: { 'ingress.kubernetes.io/preserve-host': 'false' } },
  { name: 'what asks for nothing', annotations: { 'nginx.org/rewrites': '' } },
  {
    name: 'those of other programs',
    annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60', 'nginx.example.com/a': 'b' },
  },
])('nothing is said of $name', ({ annotations }) => {
  expect(said(annotations).lines).toEqual([]);
});

test('that WebSockets need no annotation of F5 is a note', () => {
  const ingress = {
    ...ingressOf({ hosts: { 'a.io': [['/', 'web:80']] } }),
    annotations: { 'nginx.org/websocket-services': 'web' },
  };
  const { found } = compiled([...appOf('web', '10.0.0.1'), ingress]);
  expect(found.map(({ severity, help }) => [severity, help])).toEqual([
    ['info', 'remove it: WebSocket connections need no annotation'],
  ]);
});

test('an annotation among the labels is pointed at', () => {
  const { lines, help, at } = said({}, { [`${PREFIX}use-regex`]: 'true' });
  expect(lines).toEqual([`annotation-as-label: "${PREFIX}use-regex" has no effect as a label`]);
  expect(help).toBe(`move it to \`annotations\`: ${PREFIX}use-regex`);
  expect(at).toMatchObject({ path: ['metadata', 'labels', `${PREFIX}use-regex`], part: 'key' });
});

test("a label that is an annotation as well is nobody's mistake", () => {
  expect(said({ [`${PREFIX}use-regex`]: 'true' }, { [`${PREFIX}use-regex`]: 'true' }).lines).toEqual([]);
});

test.each([
  { key: `${PREFIX}rate-limit`, help: `did you mean ${PREFIX}limit-rps or ${PREFIX}limit-rpm?` },
  { key: `${PREFIX}limit_rps`, help: `did you mean ${PREFIX}limit-rps?` },
  { key: 'ingress.kubernetes.io/limit-connections', help: `write ${PREFIX}limit-connections` },
  { key: 'nginx.org/limit-req-rate', help: `did you mean ${PREFIX}limit-rps or ${PREFIX}limit-rpm?` },
])('a limit that limits nothing is a guard without effect: $key', ({ key, help }) => {
  const { lines, help: given } = said({ [key]: '10' });
  expect(lines).toEqual([`guard-without-effect: "${key}" has no effect: requests for a.io are not limited`]);
  expect(given).toBe(help);
});

test.each([
  { name: 'one that is switched off', annotations: { [`${PREFIX}rate-limit`]: '0' } },
  {
    name: 'one of another controller beside one that works',
    annotations: { 'ingress.kubernetes.io/limit-rps': '5', [`${PREFIX}limit-rps`]: '5' },
  },
])('a limit is no guard without effect: $name', ({ annotations }) => {
  expect(said(annotations).lines).toEqual([]);
});
