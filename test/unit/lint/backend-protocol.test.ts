import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import type { IngressOptions, Manifest } from '../../support/manifests.ts';
import { ingress, service, tlsSecret, yamlOf } from '../../support/manifests.ts';

const GRPC = { annotations: { 'backend-protocol': 'GRPC' } };
const TLS = { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] };

function messagesOf(options: IngressOptions, settings: { readonly defaultSslCertificate?: string } = {}) {
  const objects: readonly Manifest[] = [
    ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], ...options }),
    service('web', [{ number: 80, pod: 8080 }]),
    tlsSecret('shop-tls', 'shop'),
  ];
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf(objects) }], settings);
  return diagnostics.filter(({ rule }) => rule.name === 'grpc-without-certificate').map(({ message }) => message);
}

const SAID =
  'gRPC clients need HTTP/2, and shop.example.com has no certificate: without TLS, nginx speaks it from 1.25.1 on only';

test.each([
  { name: 'a host without certificate', options: GRPC, said: [SAID] },
  {
    name: 'a host with GRPCS and without certificate',
    options: { annotations: { 'backend-protocol': 'GRPCS' } },
    said: [SAID],
  },
  { name: 'no host with a certificate', options: { ...GRPC, ...TLS }, said: [] },
  { name: 'no host without gRPC', options: {}, said: [] },
])('the check finds $name', ({ options, said }) => {
  expect(messagesOf(options)).toEqual(said);
});

test('the check finds nothing where all hosts have a certificate by default', () => {
  expect(messagesOf(GRPC, { defaultSslCertificate: 'shop/shop-tls' })).toEqual([]);
});
