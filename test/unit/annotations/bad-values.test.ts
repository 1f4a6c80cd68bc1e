import { expect, test } from 'vitest';

import { builtAnnotations } from '../../../src/annotations/registry.ts';
import { options } from '../../../src/controller-config/registry.ts';
import { compileSources } from '../../support/compiled.ts';
import { ingress } from '../../support/manifests.ts';

type Texts = Readonly<Record<string, string>>;

/** What a bad value does: it leaves the default, or nobody gets to the backends of the Ingress any more. */
type Effect = 'default' | 'closed';

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { clusterIP: '10.96.1.1', selector: { app: 'web' }, ports: [{ port: 80 }] },
};
const ENDPOINTS = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'web', namespace: 'shop' },
  subsets: [{ addresses: [{ ip: '10.1.0.4' }], ports: [{ port: 80 }] }],
};

function compiledWith(annotations: Texts, data: Texts = {}) {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'options', namespace: 'shop' }, data };
  const route = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], annotations });
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [SERVICE, ENDPOINTS, configMap, route] });
  return compileSources([{ name: 'shop.json', text }], { controllerConfig: 'shop/options' });
}

const NUMBER = 'ten';
const BOOLEAN = 'yes';
const TEXT = 'a b"c;{';

/**
 * The annotations for which the controller drops the Ingress, denies its locations, or which it would not guard any more: it
 * checks them before all others, or says so itself.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations, each parser with its validator, and annotations.go.
 */
const CLOSING: readonly string[] = [
  'allowlist-source-range',
  'auth-always-set-cookie',
  'auth-cache-duration',
  'auth-method',
  'auth-proxy-set-headers',
  'auth-request-redirect',
  'auth-response-headers',
  'auth-secret',
  'auth-tls-match-cn',
  'auth-tls-secret',
  'auth-type',
  'auth-url',
  'canary',
  'client-body-buffer-size',
  'connection-proxy-header',
  'custom-http-errors',
  'default-backend',
  'denylist-source-range',
  'fastcgi-index',
  'fastcgi-params-configmap',
  'from-to-www-redirect',
  'limit-allowlist',
  'limit-connections',
  'limit-rpm',
  'limit-rps',
  'limit-whitelist',
  'load-balance',
  'permanent-redirect',
  'permanent-redirect-code',
  'proxy-ssl-secret',
  'relative-redirects',
  'server-alias',
  'ssl-ciphers',
  'ssl-passthrough',
  'temporal-redirect',
  'temporal-redirect-code',
  'upstream-hash-by',
  'upstream-hash-by-subset',
  'upstream-hash-by-subset-size',
  'upstream-vhost',
  'whitelist-source-range',
  'x-forwarded-prefix',
];

/** What an annotation needs to be looked at, by how its name begins. */
const COMPANIONS: readonly (readonly [begin: RegExp, companions: Texts])[] = [
  [/^canary-/, { canary: 'true' }],
  [/^cors-/, { 'enable-cors': 'true' }],
  [/^(?:session-cookie|affinity)-/, { affinity: 'cookie' }],
  [/^limit-(?:burst|allow|white)/, { 'limit-rps': '5' }],
  [/^(?:limit-rate|proxy-(?:buffers|busy|max))/, { 'proxy-buffering': 'on' }],
  [/^upstream-hash-by-/, { 'upstream-hash-by': '$request_uri', 'upstream-hash-by-subset': 'true' }],
  [/^x-forwarded-prefix/, { 'rewrite-target': '/x' }],
  [/^permanent-redirect-code/, { 'permanent-redirect': 'http://r.example' }],
  [/^temporal-redirect-code/, { 'temporal-redirect': 'http://r.example' }],
  [/^proxy-redirect-from/, { 'proxy-redirect-to': '/b' }],
  [/^proxy-redirect-to/, { 'proxy-redirect-from': '/b' }],
  [/^disable-proxy/, { 'custom-http-errors': '404' }],
  [/^auth-(?:always|cache|keepalive|method|proxy|re(?:quest|sponse)|signin)/, { 'auth-url': 'http://10.0.0.9/x' }],
  [/^auth-signin-/, { 'auth-signin': 'http://10.0.0.9/in' }],
  [/^proxy-ssl-/, { 'backend-protocol': 'HTTPS' }],
  [/^mirror-/, { 'mirror-target': 'http://10.0.0.9/x' }],
  [/^fastcgi-/, { 'backend-protocol': 'FCGI' }],
];

/** What is no list of anything: snippets and those whose values are checked with the objects that they name. */
const ELSEWHERE: Texts = {
  'configuration-snippet': 'a snippet is a text in a language of its own, test/unit/annotations/snippets.test.ts',
  'server-snippet': 'the same',
  'stream-snippet': 'the same',
  'auth-snippet': 'the same',
  'modsecurity-snippet': 'the same',
  'auth-realm': 'it is read with a Secret of users, test/unit/annotations/basic-auth.test.ts',
  'auth-secret-type': 'the same',
  'auth-tls-verify-client': 'it is read with a Secret of authorities, test/unit/annotations/client-certificate.test.ts',
  'auth-tls-verify-depth': 'the same',
  'auth-tls-error-page': 'the same',
  'auth-tls-pass-certificate-to-upstream': 'the same',
  'proxy-ssl-verify': 'it is read with a Secret of authorities, test/unit/annotations/backend-tls.test.ts',
  'cors-allow-origin': 'an entry that is no origin is left out, test/unit/annotations/cors.test.ts',
};

function badTextOf({ type }: { readonly type: { readonly name: string } }): string {
  if (/true or false/.test(type.name)) return BOOLEAN;
  return /number|seconds/.test(type.name) ? NUMBER : TEXT;
}

const rows = Object.entries(builtAnnotations())
  .filter(([name]) => !Object.hasOwn(ELSEWHERE, name))
  .map(([name, spec]) => {
    const effect: Effect = CLOSING.includes(name) ? 'closed' : 'default';
    return { name, text: badTextOf(spec), effect };
  });

test.each(rows)('$name: "$text" is found, and the effect is: $effect', ({ name, text, effect }) => {
  const companions = COMPANIONS.filter(([begin]) => begin.test(name)).map(([, texts]) => texts);
  const { [name]: _own, ...others } = Object.assign({}, ...companions) as Texts;
  const without = compiledWith(others);
  const { conf, diagnostics } = compiledWith({ ...others, [name]: text });
  const known = new Set(without.diagnostics.map(({ message }) => message));
  const found = diagnostics.filter(({ message }) => !known.has(message));
  expect(found.map(({ message }) => message)).toContainEqual(expect.stringMatching(new RegExp(`^${name}\\b`)));
  expect(found.some(({ rule }) => rule.severity === 'error')).toBe(effect === 'closed');
  const isClosed = /return (?:403|503);/.test(conf) && conf !== without.conf;
  expect({ isClosed, isDefault: conf === without.conf }).toEqual({
    isClosed: effect === 'closed',
    isDefault: effect === 'default',
  });
});

test('what is left to other tests is built, or nobody knows it', () => {
  expect(CLOSING.filter(name => Object.hasOwn(ELSEWHERE, name))).toEqual([]);
});

/** Options whose values are texts of nginx of which nearly everything is right. */
const ANY_TEXT = new Set([
  'annotation-value-word-blocklist',
  'block-referers',
  'block-user-agents',
  'global-auth-cache-key',
  'global-auth-request-redirect',
  'gzip-disable',
  'log-format-stream',
  'log-format-upstream',
  'skip-access-log-urls',
]);

const optionRows = Object.entries(options)
  .filter(([name]) => !ANY_TEXT.has(name) && !name.endsWith('-snippet'))
  .map(([name, spec]) => ({ name, text: badTextOf(spec), isGuard: 'ifRefused' in spec }));

test.each(optionRows)('the option $name: "$text" is found', ({ name, text, isGuard }) => {
  const { conf, diagnostics } = compiledWith({}, { [name]: text });
  const found = diagnostics.filter(({ message }) => message.startsWith(`${name}: `));
  expect(found.length).toBeGreaterThan(0);
  // What guards all hosts fails closed; all others leave the default.
  expect(isGuard || conf === compiledWith({}).conf).toBe(true);
});
