import { createPrivateKey } from 'node:crypto';

import type { CertificateName } from './credentials.ts';
import { pem } from './credentials.ts';

type KeyForm = 'pkcs1' | 'pkcs8' | 'sec1';

interface Kind {
  readonly certificate: CertificateName;
  readonly form: KeyForm;
}

/** The kinds of pairs that are in use, which are read from their bytes. */
export const PLAIN_KINDS = {
  'RSA of 2048 bits, PKCS #8, with its chain': { certificate: 'rsa-2048', form: 'pkcs8' },
  'RSA of 2048 bits, PKCS #1, with its chain': { certificate: 'rsa-2048', form: 'pkcs1' },
  'RSA of 3072 bits, PKCS #8': { certificate: 'rsa-3072', form: 'pkcs8' },
  'RSA of 3072 bits, PKCS #1': { certificate: 'rsa-3072', form: 'pkcs1' },
  'RSA of 4096 bits, PKCS #8': { certificate: 'rsa-4096', form: 'pkcs8' },
  'RSA of 4096 bits, PKCS #1': { certificate: 'rsa-4096', form: 'pkcs1' },
  'P-256, PKCS #8': { certificate: 'shop', form: 'pkcs8' },
  'P-256, SEC 1': { certificate: 'shop', form: 'sec1' },
  'P-256 without a subject, with its issuer': { certificate: 'no-subject', form: 'pkcs8' },
  'P-384, PKCS #8': { certificate: 'p-384', form: 'pkcs8' },
  'P-384, SEC 1': { certificate: 'p-384', form: 'sec1' },
  'P-521, PKCS #8': { certificate: 'p-521', form: 'pkcs8' },
  'P-521, SEC 1': { certificate: 'p-521', form: 'sec1' },
} as const satisfies Readonly<Record<string, Kind>>;

export type PlainKind = keyof typeof PLAIN_KINDS;

export interface PairText {
  readonly certificates: string;
  readonly keyText: string;
}

export function pairOfKind(kind: PlainKind): PairText {
  const { certificate, form } = PLAIN_KINDS[kind];
  const { chain, key } = pem(certificate);
  return { certificates: chain, keyText: String(createPrivateKey(key).export({ format: 'pem', type: form })) };
}
