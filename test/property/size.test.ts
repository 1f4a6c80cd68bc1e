import { expect, test } from 'vitest';

import { compileSources } from '../support/compiled.ts';
import { ingress, ingressClass, service, slice } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';

const COUNT = 1_000;
const NAMESPACES = 50;
const PORTS = [{ number: 80, pod: 8080 }];

/** An annotation or two of each family. */
const FIVE = {
  'proxy-body-size': '8m',
  'proxy-read-timeout': '600',
  'enable-cors': 'true',
  'cors-allow-origin': 'https://app.example.com, https://*.example.org',
  affinity: 'cookie',
  'custom-http-errors': '404,503',
};

/** The nginx.conf of many Ingresses with the same annotations, each with a path to a Service of its own and one to another. */
function confOf(annotations: Readonly<Record<string, string>>): string {
  const manifests: Manifest[] = [ingressClass('nginx', 'k8s.io/ingress-nginx')];
  for (let index = 0; index < COUNT; index += 1) {
    const name = `web${index}`;
    const namespace = `team${index % NAMESPACES}`;
    const host = `${name}.example.com`;
    const paths = [['/', 'Prefix', name] as const, ['/api', 'Prefix', 'errors'] as const];
    manifests.push(
      ingress({ name, namespace, host, paths, annotations }),
      service(name, PORTS, { namespace }),
      slice(name, PORTS, { namespace, ready: ['web', 'cart'] }),
    );
  }
  for (let index = 0; index < NAMESPACES; index += 1) {
    const namespace = `team${index}`;
    manifests.push(service('errors', PORTS, { namespace }), slice('errors', PORTS, { namespace, ready: ['blog'] }));
  }
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
  return compileSources([{ name: 'all.json', text }]).conf;
}

test('many Ingresses with the same five families take at most twice as much, and share what can be shared', () => {
  const plain = confOf({});
  expect(plain.match(/^ {4}server_name web\d+\.example\.com;$/gm)).toHaveLength(COUNT);

  const asking = confOf(FIVE);
  expect(asking.length / plain.length).toBeLessThanOrEqual(2);
  expect(asking.match(/^ {2}map \$http_origin /gm)).toHaveLength(1);
  expect(asking.match(/^ {2}map \$http_cookie \$affinity_key_/gm)).toHaveLength(1);
  expect(asking.match(/^ {4}set \$response_headers \w+;$/gm)).toHaveLength(COUNT);
  expect(new Set(asking.match(/(?<=set \$response_headers )\w+/g)).size).toBe(1);

  // A Service of their own for errors is a sixth family, and a location of each host.
  const own = confOf({ ...FIVE, 'default-backend': 'errors' });
  expect(own.length / plain.length).toBeLessThanOrEqual(2.6);
  expect(own.match(/^ {4}location @/gm)).toHaveLength(COUNT);
  expect(new Set(own.match(/(?<=location )@\w+/g)).size).toBe(NAMESPACES);
});
