import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readByOpenssl } from '../../src/pem/openssl-pair.ts';
import { findPair } from '../../src/pem/pair-texts.ts';
import { readPlainPair } from '../../src/pem/plain-pair.ts';
import type { PairText, PlainKind } from '../support/pair-kinds.ts';
import { PLAIN_KINDS, pairOfKind } from '../support/pair-kinds.ts';
import { changedInBoth, changedPem, changedText } from '../support/pair-mutants.ts';
import { runs } from './runs.ts';

const byte = fc.nat({ max: 255 });
/** Where, what, and which: more than there are places, so that all are met. */
const change = fc.record({ kind: fc.nat(), place: fc.nat(), value: byte, other: fc.nat() });

const kind = fc.constantFrom(...(Object.keys(PLAIN_KINDS) as PlainKind[]).map(pairOfKind));

const changedPair: fc.Arbitrary<PairText> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(kind, fc.nat(), fc.array(change, { minLength: 1, maxLength: 2 }))
      .map(([{ certificates, keyText }, block, changes]) => ({
        certificates: changedPem(certificates, block, changes),
        keyText,
      })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(kind, fc.array(change, { minLength: 1, maxLength: 2 }))
      .map(([{ certificates, keyText }, changes]) => ({ certificates, keyText: changedPem(keyText, 0, changes) })),
  },
  { weight: 1, arbitrary: fc.tuple(kind, change).map(([pair, change]) => changedInBoth(pair, change)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(kind, change)
      .map(([{ certificates, keyText }, change]) => ({ certificates: changedText(certificates, change), keyText })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(kind, change)
      .map(([{ certificates, keyText }, change]) => ({ certificates, keyText: changedText(keyText, change) })),
  },
);

test('what is read of a changed pair from its bytes is what OpenSSL takes and reads', { timeout: 600_000 }, () => {
  let taken = 0;
  fc.assert(
    fc.property(changedPair, ({ certificates, keyText }) => {
      const texts = findPair(certificates, keyText);
      const plain = readPlainPair(texts);
      if (plain === undefined) return;
      taken += 1;
      expect(plain).toEqual(readByOpenssl(texts));
    }),
    runs(4000),
  );
  expect(taken).toBeGreaterThan(200);
});
