import { expect, test } from 'vitest';

import { parseNginx, walk } from '../../support/nginx-parse.ts';
import { compileSources } from '../../support/compiled.ts';

const BACKEND = 'backend: {service: {name: web, port: {number: 80}}}';
const OPEN = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: open, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - {host: "*.example.com", http: {paths: [{path: /, pathType: Prefix, ${BACKEND}}]}}
  - {host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, ${BACKEND}}]}}
`;

const guarded = (rule: string, annotations = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: guarded, namespace: shop, annotations: {${annotations}}}
spec: {ingressClassName: nginx, rules: [${rule}]}
`;

/** The locations of a host as `path -> status or upstream`. */
function locationsOf(text: string, host: string): readonly string[] {
  const { conf } = compileSources([{ name: 'shop.yaml', text: `${OPEN}---${text}` }]);
  const servers = [...walk(parseNginx(conf))].filter(({ name }) => name === 'server');
  const server = servers.find(({ block }) =>
    block?.some(({ name, args }) => name === 'server_name' && args[0] === host),
  );
  const locations = server?.block?.filter(({ name }) => name === 'location') ?? [];
  return locations.map(({ args, block }) => {
    const end = block?.findLast(({ name }) => name === 'return' || name === 'proxy_pass');
    return `${args.join(' ')} -> ${end?.args[0]}`;
  });
}

const PROXIED = '/ -> http://$backend_address';

test.each([
  {
    name: 'the path of a refused Ingress is closed, not served by a broader one',
    text: guarded(`{host: shop.example.com, http: {paths: [{path: /admin, pathType: prefix, ${BACKEND}}]}}`),
    host: 'shop.example.com',
    locations: ['/admin/ -> 503', '= /admin -> 503', PROXIED],
  },
  {
    name: 'its host is closed, not served by a wildcard',
    text: guarded(`{host: office.example.com, http: {paths: [{path: /, ${BACKEND}}]}}`),
    host: 'office.example.com',
    locations: ['/ -> 503'],
  },
  {
    name: 'a host in the wrong case is the same host',
    text: guarded(`{host: Office.Example.com, http: {paths: [{path: /, pathType: Prefix, ${BACKEND}}]}}`),
    host: 'office.example.com',
    locations: ['/ -> 503'],
  },
  {
    name: 'it takes no path from others',
    text: guarded(`{host: shop.example.com, http: {paths: [{path: /, pathType: prefix, ${BACKEND}}]}}`),
    host: 'shop.example.com',
    locations: [PROXIED],
  },
  {
    name: 'of an expression that cannot be trusted its begin is closed',
    text: guarded(`{host: shop.example.com, http: {paths: [{path: "/admin(/|$)", pathType: regex, ${BACKEND}}]}}`),
    host: 'shop.example.com',
    locations: ['/admin -> 503', '~* ^/(?!(?-i:admin))admin -> 503', PROXIED],
  },
  {
    name: 'a refused canary closes nothing',
    text: guarded(
      `{host: shop.example.com, http: {paths: [{path: /admin, pathType: prefix, ${BACKEND}}]}}`,
      'nginx.ingress.kubernetes.io/canary: "true"',
    ),
    host: 'shop.example.com',
    locations: [PROXIED],
  },
])('$name', ({ text, host, locations }) => expect(locationsOf(text, host)).toEqual(locations));

test('what is wrong with its annotations is said in the same run', () => {
  const rule = `{host: shop.example.com, http: {paths: [{path: /admin, pathType: prefix, ${BACKEND}}]}}`;
  const text = guarded(rule, 'nginx.ingress.kubernetes.io/rewrite-targt: /');
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }]);
  const names = diagnostics.map(found => found.rule.name);
  expect(names).toContain('unknown-annotation');
  expect(names.filter(name => name === 'path-conflict')).toEqual([]);
});
