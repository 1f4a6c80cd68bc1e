import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type { CertificateContent, CertificateNames, CertificateTime } from './content.ts';
import type { PairProblem } from './mistakes.ts';
import { explainPem } from './mistakes.ts';
import type { PairTexts } from './pair-texts.ts';
import { weaknessOf } from './strength.ts';

/** One whose public key OpenSSL cannot read is of no use to nginx either. */
function readCertificate(pem: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    return certificate.publicKey.type === 'public' ? certificate : undefined;
  } catch {
    // What cannot be read is said by the caller, with its place.
    return undefined;
  }
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // Likewise.
    return undefined;
  }
}

/** Has OpenSSL read a pair, as nginx does; and says what it would refuse. */
export function readByOpenssl({ certificates, keyText, blocks, key }: PairTexts): CertificateContent | PairProblem {
  const leaf = blocks[0] === undefined ? undefined : readCertificate(blocks[0]);
  if (leaf === undefined) {
    const plain = { field: 'tls.crt', message: 'contains no certificate in PEM form' } as const;
    return explainPem({ text: certificates, other: keyText, field: 'tls.crt' }) ?? plain;
  }
  for (const [index, pem] of blocks.entries()) {
    const certificate = index === 0 ? leaf : readCertificate(pem);
    const unreadable = { message: 'that cannot be read', help: 'put the PEM text of the whole chain there again' };
    const problem = certificate === undefined ? unreadable : weaknessOf(certificate);
    if (problem === undefined) continue;
    const place = index === 0 ? '' : `, number ${index + 1} of its chain`;
    return { field: 'tls.crt', message: `contains a certificate ${problem.message}${place}`, help: problem.help };
  }
  const keyObject = readKey(key);
  if (keyObject === undefined) {
    const message = 'contains no private key in PEM form that can be read without a password';
    return explainPem({ text: keyText, other: certificates, field: 'tls.key' }) ?? { field: 'tls.key', message };
  }
  if (!leaf.checkPrivateKey(keyObject)) return explainOtherKey(blocks, keyObject);
  return { names: namesOf(leaf), from: timeOf(leaf.validFrom), until: timeOf(leaf.validTo) };
}

/** The server's own certificate is the one of the key; nginx and the controller take the first one for it. */
function explainOtherKey(blocks: readonly string[], key: KeyObject): PairProblem {
  const own = blocks.findIndex(pem => readCertificate(pem)?.checkPrivateKey(key) === true);
  if (own === -1) {
    const help = 'put the private key that belongs to the certificate under "tls.key"';
    return { field: 'tls.key', message: 'contains the key of another certificate', help };
  }
  const message = `contains the certificate of its key as number ${own + 1} of tls.crt, but it must be the first`;
  return { field: 'tls.crt', message, help: 'put the certificate of the host first, then the intermediate ones' };
}

function namesOf(leaf: X509Certificate): CertificateNames {
  const alternative = leaf.subjectAltName?.split(', ').filter(name => name.startsWith('DNS:')) ?? [];
  return {
    alternative: new Set(alternative.map(name => name.slice('DNS:'.length).toLowerCase())),
    common: commonNameOf(leaf.subject),
  };
}

/** Node gives no subject where there are alternative names alone, whatever its type says. */
function commonNameOf(subject: string | undefined): string | undefined {
  const line = subject?.split('\n').findLast(line => line.startsWith('CN='));
  return line?.slice('CN='.length).toLowerCase();
}

function timeOf(text: string): CertificateTime {
  return { at: Date.parse(text), text };
}
