import { describe, expect, test } from 'vitest';

import { HASHES } from '../../support/credentials.ts';
import { appOf, compiled, configMapOf, ingressOf, secretOf } from '../../support/resources.ts';

const NAMED = [
  { 'auth-type': 'basic', 'auth-secret': 'other/users' },
  { 'auth-url': 'http://auth.example.com/', 'auth-proxy-set-headers': 'other/headers' },
  { 'auth-tls-secret': 'other/users' },
  { 'proxy-ssl-secret': 'other/users', 'backend-protocol': 'HTTPS' },
];

const FOREIGN = /: other\/\w+ is not in the namespace of the Ingress/;

function foreign(annotations: Readonly<Record<string, string>>, options: Readonly<Record<string, string>>) {
  const { lines } = compiled(
    [
      ...appOf('web'),
      ingressOf({ annotations }),
      secretOf('other/users', { auth: `a:${Object.values(HASHES)[0]}` }),
      configMapOf('other/headers', { 'X-A': 'b' }),
      configMapOf('ingress/options', options),
    ],
    { controllerConfig: 'ingress/options' },
  );
  return lines.filter(line => FOREIGN.test(line));
}

describe.each(NAMED)('an object of another namespace, named by %o', annotations => {
  test('is not read', () => {
    expect(foreign(annotations, {})).toHaveLength(1);
  });

  test('is read where the option says so', () => {
    expect(foreign(annotations, { 'allow-cross-namespace-resources': 'true' })).toEqual([]);
  });
});
