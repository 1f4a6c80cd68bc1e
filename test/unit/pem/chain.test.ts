import { describe, expect, test } from 'vitest';

import { adviceOn } from '../../../src/pem/chain.ts';
import type { FlawKind } from '../../../src/pem/chain.ts';
import { authority, pem } from '../../support/credentials.ts';
import { PLAIN_KINDS } from '../../support/pair-kinds.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
const blocksOf = (...texts: readonly string[]): readonly string[] => texts.join('').match(BLOCK) ?? [];

const logged = pem('logged').chain;
const intermediate = authority('intermediate.crt');
const root = authority('root.crt');
const shop = pem('shop').chain;

describe('a chain', () => {
  test.each<{ name: string; blocks: readonly string[]; flaws: readonly (readonly [FlawKind, string])[] }>([
    { name: 'that is whole is fine', blocks: blocksOf(logged, intermediate), flaws: [] },
    { name: 'of one that signed itself is fine', blocks: blocksOf(shop), flaws: [] },
    {
      name: 'of one whose issuer may be a root, as companies have it, is fine',
      blocks: blocksOf(pem('inner').chain),
      flaws: [],
    },
    {
      name: 'of one that the Internet knows lacks its issuer, which is never a root',
      blocks: blocksOf(logged),
      flaws: [
        [
          'chain',
          'is not followed by that of its issuer, "Example Intermediate I1": clients that do not know it reject the connection',
        ],
      ],
    },
    {
      name: 'with the authority of somebody else lacks its issuer',
      blocks: blocksOf(pem('inner').chain, intermediate),
      flaws: [
        [
          'chain',
          'is not followed by that of its issuer, "clients": clients that do not know it reject the connection',
        ],
      ],
    },
    {
      name: 'with a certificate of a host beside its own is fine',
      blocks: blocksOf(pem('inner').chain, shop),
      flaws: [],
    },
    {
      name: 'whose issuers have changed places',
      blocks: blocksOf(logged, root, intermediate),
      flaws: [
        [
          'chain',
          'is in a chain of wrong order: number 3 of tls.crt issued number 1, and must follow it; some clients reject the connection',
        ],
      ],
    },
    {
      name: 'with a root has one too many',
      blocks: blocksOf(logged, intermediate, root),
      flaws: [
        [
          'root',
          'is followed by a root certificate, "Example Root R1", which clients do not need: they trust their own copy',
        ],
      ],
    },
    {
      name: 'of one for clients only',
      blocks: blocksOf(pem('client-only').chain),
      flaws: [['usage', 'was not issued for servers (its extended key usage lacks serverAuth): clients reject it']],
    },
    {
      name: 'of an authority itself',
      blocks: blocksOf(pem('authority').chain),
      flaws: [
        [
          'usage',
          'is that of an authority (CA:TRUE), whose key can issue certificates for any host; Firefox rejects it',
        ],
      ],
    },
    { name: 'of an authority that signed itself, as openssl makes it, is fine', blocks: blocksOf(root), flaws: [] },
    {
      name: 'of a staging authority',
      blocks: blocksOf(pem('staging').chain),
      flaws: [['staging', 'was issued by a staging authority, "(STAGING) Example R3": clients reject it']],
    },
    {
      name: 'that nobody can read is said elsewhere',
      blocks: ['-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----'],
      flaws: [],
    },
  ])('$name', ({ blocks, flaws }) => {
    expect(adviceOn(blocks).flaws.map(({ kind, message }) => [kind, message])).toEqual(flaws);
  });

  test('says which of its further certificates is the first to expire', () => {
    expect(adviceOn(blocksOf(pem('aged').chain)).soonest).toMatchObject({
      number: 2,
      until: { text: 'Jan  1 00:00:00 2024 GMT' },
    });
    expect(adviceOn(blocksOf(shop)).soonest).toBeUndefined();
  });

  test.each(Object.values(PLAIN_KINDS))(
    'of usual certificates has at most a root too many: $certificate',
    ({ certificate }) => {
      const kinds = adviceOn(blocksOf(pem(certificate).chain)).flaws.map(({ kind }) => kind);
      expect(kinds.filter(kind => kind !== 'root')).toEqual([]);
    },
  );
});
