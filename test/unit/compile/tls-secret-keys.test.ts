import { expect, test } from 'vitest';

import { pem } from '../../support/credentials.ts';
import { compiled, ingressOf, secretOf, serviceOf } from '../../support/resources.ts';

test.each([
  { name: 'file names', keys: ['server.pem', 'server-key.pem'], help: 'rename the key "server.pem" to "tls.crt"' },
  { name: 'names of Docker', keys: ['cert.pem', 'key.pem', 'ca.pem'], help: 'rename the key "cert.pem" to "tls.crt"' },
  {
    name: 'the key alone in another way',
    keys: ['tls.crt', 'server.key'],
    help: 'rename the key "server.key" to "tls.key"',
  },
  { name: 'two certificates', keys: ['a.crt', 'b.crt'], help: 'put the PEM text under "tls.crt"' },
  { name: 'other things', keys: ['username'], help: 'put the PEM text under "tls.crt"' },
])('a Secret for TLS with $name', ({ keys, help }) => {
  const texts = Object.fromEntries(keys.map(key => [key, key === 'tls.crt' ? pem('shop').chain : 'text']));
  const ingress = ingressOf({ hosts: { 'a.io': [['/', 'web:80']] }, tls: { cert: ['a.io'] } });
  const { found } = compiled([ingress, serviceOf('web', ['80'], { clusterIP: '10.0.0.1' }), secretOf('cert', texts)]);
  expect(found.filter(({ rule }) => rule.id === 'I2N410').map(finding => finding.help)).toEqual([help]);
});
