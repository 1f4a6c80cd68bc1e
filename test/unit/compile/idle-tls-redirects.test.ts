import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import { ingress, service, tlsSecret, yamlOf } from '../../support/manifests.ts';

const LINE = 'ssl-redirect: "true" has no effect without `tls`: plain HTTP is not redirected';
const TLS = { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] };
const OTHER = ingress({ name: 'other', host: 'shop.example.com', paths: [['/other', 'Prefix', 'web']], ...TLS });

test.each([
  { name: 'a host without tls', annotations: { 'ssl-redirect': 'true' }, said: [LINE] },
  { name: 'a host with tls', annotations: { 'ssl-redirect': 'true' }, more: TLS, said: [] },
  {
    name: 'a host to which another Ingress gives tls',
    annotations: { 'ssl-redirect': 'true' },
    others: [OTHER],
    said: [],
  },
  { name: 'nobody who wrote it', annotations: {}, said: [] },
  { name: 'a redirect that is switched off', annotations: { 'ssl-redirect': 'false' }, said: [] },
  { name: 'one by force', annotations: { 'ssl-redirect': 'true', 'force-ssl-redirect': 'true' }, said: [] },
])('a redirect to HTTPS that sends nobody is found for $name', ({ annotations, more = {}, others = [], said }) => {
  const web = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], annotations, ...more });
  const objects = [web, ...others, service('web', [{ number: 80, pod: 8080 }]), tlsSecret('shop-tls', 'shop')];
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf(objects) }], {});
  const found = diagnostics.filter(({ rule }) => rule.name === 'annotation-without-effect');
  expect(found.map(({ message }) => message)).toEqual(said);
});
