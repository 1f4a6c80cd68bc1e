import { describe, expect, test } from 'vitest';

import { CONTRADICTIONS } from '../../../src/annotations/contradictions.ts';
import { reportValues } from '../../../src/annotations/report-values.ts';
import { KNOWN_ANNOTATIONS } from '../../../src/annotations/unhonoured.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import { readControllerConfig } from '../../../src/compile/controller-options.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { configMapOf, ingressOf, linesOf } from '../../support/resources.ts';

type Texts = Readonly<Record<string, string>>;

interface Row {
  readonly name: string;
  readonly given: Texts;
  readonly options?: Texts;
  readonly lines?: readonly string[];
}

const TWO = 'contradicting-annotations: ';
const IDLE = 'annotation-without-effect: ';

const redirects: readonly Row[] = [
  {
    name: 'ssl-redirect off, and on by force',
    given: { 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' },
    lines: [`${TWO}ssl-redirect: "false" has no effect beside force-ssl-redirect: plain HTTP is redirected`],
  },
  { name: 'ssl-redirect on, and on by force', given: { 'ssl-redirect': 'true', 'force-ssl-redirect': 'true' } },
  { name: 'ssl-redirect off, and not by force', given: { 'ssl-redirect': 'false', 'force-ssl-redirect': 'false' } },
  {
    name: 'two redirects',
    given: { 'permanent-redirect': 'http://a.example', 'temporal-redirect': 'http://b.example' },
    lines: [`${TWO}permanent-redirect has no effect beside temporal-redirect, which goes first`],
  },
  {
    name: 'a rewrite and a redirect',
    given: { 'rewrite-target': '/$1', 'permanent-redirect': 'http://a.example' },
    lines: [`${TWO}rewrite-target has no effect beside permanent-redirect: every request is redirected before`],
  },
  {
    name: 'a password and a redirect',
    given: { 'auth-type': 'basic', 'temporal-redirect': 'http://a.example' },
    lines: [`${TWO}auth-type has no effect beside temporal-redirect: every request is redirected before`],
  },
  { name: 'an empty redirect, which is none', given: { 'auth-type': 'basic', 'temporal-redirect': '' } },
];

const buffers: readonly Row[] = [
  {
    name: 'a speed while nothing is buffered',
    given: { 'limit-rate': '10' },
    lines: [`${IDLE}limit-rate has no effect without proxy-buffering: "on"`],
  },
  {
    name: 'speed and buffers, which have one cause',
    given: { 'limit-rate': '10', 'proxy-buffers-number': '8', 'limit-rate-after': '1' },
    lines: [
      `${IDLE}limit-rate, proxy-buffers-number and limit-rate-after have no effect without proxy-buffering: "on"`,
    ],
  },
  {
    name: 'a number of buffers that are off',
    given: { 'proxy-buffers-number': '8', 'proxy-buffering': 'off' },
    options: { 'proxy-buffering': 'on' },
    lines: [`${IDLE}proxy-buffers-number has no effect without proxy-buffering: "on"`],
  },
  { name: 'a speed with buffers', given: { 'limit-rate': '10', 'proxy-buffering': 'on' } },
  { name: 'a speed with buffers by an option', given: { 'limit-rate': '10' }, options: { 'proxy-buffering': 'on' } },
  {
    name: 'tries without another endpoint',
    given: { 'proxy-next-upstream': 'off', 'proxy-next-upstream-tries': '2' },
    lines: [`${TWO}proxy-next-upstream-tries has no effect beside proxy-next-upstream: "off"`],
  },
  {
    name: 'bodies that are not held back, with HTTP/1.0',
    given: { 'proxy-request-buffering': 'off', 'proxy-http-version': '1.0' },
    lines: [`${TWO}proxy-request-buffering: "off" has no effect on chunked bodies beside proxy-http-version: "1.0"`],
  },
  {
    name: 'a redirect that is not replaced after all',
    given: { 'proxy-redirect-from': 'off', 'proxy-redirect-to': '/b' },
    lines: [`${TWO}proxy-redirect-to has no effect beside proxy-redirect-from: "off" or "default"`],
  },
];

const sites: readonly Row[] = [
  {
    name: 'cookies for all origins',
    given: { 'enable-cors': 'true', 'cors-allow-credentials': 'true', 'cors-allow-origin': '*' },
    lines: [`${TWO}cors-allow-credentials: "true" has no effect for all origins: browsers take no "*" with cookies`],
  },
  {
    name: 'cookies for all origins by default',
    given: { 'enable-cors': 'true', 'cors-allow-credentials': 'true' },
    lines: [`${TWO}cors-allow-credentials: "true" has no effect for all origins: browsers take no "*" with cookies`],
  },
  { name: 'all origins, without a word of cookies', given: { 'enable-cors': 'true', 'cors-allow-origin': '*' } },
  {
    name: 'cookies for a site',
    given: { 'enable-cors': 'true', 'cors-allow-credentials': 'true', 'cors-allow-origin': 'https://a.example' },
  },
  {
    name: 'a site, and all of them',
    given: { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.example, *' },
    lines: [`${TWO}cors-allow-origin has "*", which lets in all sites: its other entries have no effect`],
  },
  {
    name: 'a cookie for other sites that is not secure',
    given: { affinity: 'cookie', 'session-cookie-samesite': 'None', 'session-cookie-secure': 'false' },
    lines: [
      `${TWO}session-cookie-samesite: "None" has no effect beside session-cookie-secure: "false": browsers throw such a cookie away`,
    ],
  },
  {
    name: 'no expressions, and a rewrite',
    given: { 'use-regex': 'false', 'rewrite-target': '/b' },
    lines: [
      `${TWO}use-regex: "false" has no effect beside rewrite-target, which makes all paths of the host regular expressions`,
    ],
  },
  { name: 'no expressions, and a rewrite to the path itself', given: { 'use-regex': 'false', 'rewrite-target': '/' } },
];

const guards: readonly Row[] = [
  {
    name: 'one check of one',
    given: { satisfy: 'any', 'auth-type': 'basic' },
    lines: [`${IDLE}satisfy: "any" has no effect without two checks, such as an address and a password`],
  },
  { name: 'one check of two', given: { satisfy: 'any', 'auth-type': 'basic', 'whitelist-source-range': '10.0.0.0/8' } },
  {
    name: 'one check of two, one for all hosts',
    given: { satisfy: 'any', 'auth-type': 'basic' },
    options: { 'whitelist-source-range': '10.0.0.0/8' },
  },
  {
    name: 'a password for nobody',
    given: { satisfy: 'any', 'auth-type': 'basic', 'allowlist-source-range': '10.0.0.0/8, 0.0.0.0/0' },
    lines: [`${TWO}satisfy: "any" asks nobody for a password: allowlist-source-range lets in every IPv4 address`],
  },
  {
    name: 'nobody who is let in',
    given: { 'allowlist-source-range': '10.0.0.1', 'denylist-source-range': '10.0.0.2,10.0.0.1' },
    lines: [`${TWO}denylist-source-range names all that allowlist-source-range lets in: nobody gets in`],
  },
  {
    name: 'a part of those who are let in',
    given: { 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.0.0.1' },
  },
  {
    name: 'two lists of networks without limits',
    given: { 'limit-rps': '1', 'limit-allowlist': '10.0.0.1', 'limit-whitelist': '10.0.0.2' },
    lines: [`${IDLE}limit-whitelist has no effect beside limit-allowlist`],
  },
  {
    name: 'a depth of certificates that nobody asks for',
    given: { 'auth-tls-verify-depth': '2' },
    lines: [`${IDLE}auth-tls-verify-depth has no effect without auth-tls-secret`],
  },
  {
    name: 'the total of a share that is none',
    given: { 'canary-weight-total': '10' },
    lines: [`${IDLE}canary-weight-total has no effect without canary`],
  },
];

describe.each([
  { subject: 'redirects', rows: redirects },
  { subject: 'buffers', rows: buffers },
  { subject: 'sites', rows: sites },
  { subject: 'guards', rows: guards },
])('of $subject', ({ rows }) => {
  test.each(rows)('$name', ({ given, options = {}, lines = [] }) => {
    const { report, diagnostics } = collect();
    const cluster = indexCluster([configMapOf('ingress-nginx/options', options)], report);
    const config = readControllerConfig('ingress-nginx/options', cluster, report);
    reportValues(ingressOf({ annotations: given, hosts: { 'a.example': [['/', 'web:80']] } }), config, report);
    expect(linesOf(diagnostics)).toEqual(lines);
  });
});

test('a contradiction shows the other annotation, too', () => {
  const { report, diagnostics } = collect();
  const config = readControllerConfig(undefined, indexCluster([], report), report);
  const annotations = { 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' };
  reportValues(ingressOf({ annotations }), config, report);
  expect(diagnostics[0]?.related?.map(({ message }) => message)).toEqual(['force-ssl-redirect is here']);
});

test('contradictions are of annotations that the controller has', () => {
  expect(Object.keys(CONTRADICTIONS).filter(name => !KNOWN_ANNOTATIONS.has(name))).toEqual([]);
});
