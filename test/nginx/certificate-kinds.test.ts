import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { handshake } from '../support/client.ts';
import { app, ingress, secret } from '../support/manifests.ts';
import type { PlainKind } from '../support/pair-kinds.ts';
import { PLAIN_KINDS, pairOfKind } from '../support/pair-kinds.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

const KINDS = Object.keys(PLAIN_KINDS) as PlainKind[];

/** One host cannot have two Secrets, and a certificate is there with its key in two forms. */
const SERVINGS = {
  'PKCS #8': KINDS.filter(kind => PLAIN_KINDS[kind].form === 'pkcs8'),
  'PKCS #1 and SEC 1': KINDS.filter(kind => PLAIN_KINDS[kind].form !== 'pkcs8'),
} as const;

describe.each(Object.entries(SERVINGS))('keys as %s', (_, kinds) => {
  let served: Served;

  beforeAll(async () => {
    served = await serve(backends => [
      ...app(backends, 'web'),
      ...kinds.flatMap(kind => {
        const { certificate } = PLAIN_KINDS[kind];
        const { certificates, keyText } = pairOfKind(kind);
        const host = `${certificate}.example.com`;
        const tls = [{ hosts: [host], secretName: certificate }];
        return [
          secret(certificate, { 'tls.crt': certificates, 'tls.key': keyText }, 'kubernetes.io/tls'),
          ingress({ name: certificate, host, paths: [['/', 'Prefix', 'web']], tls }),
        ];
      }),
    ]);
  });
  afterAll(() => served.stop());

  test.each(kinds)('nginx loads and shows %s', async kind => {
    const { fingerprint } = new X509Certificate(pairOfKind(kind).certificates);
    const servername = `${PLAIN_KINDS[kind].certificate}.example.com`;
    expect(await handshake(served.ports, { servername })).toMatchObject({ fingerprint });
  });
});
