import type { CertificateContent } from './content.ts';
import type { PairTexts } from './pair-texts.ts';
import { readPlainCertificate } from './plain-certificate.ts';
import { readPrivateKey } from './plain-key.ts';
import { readPemBlock } from './plain-pem.ts';

/**
 * Reads a pair from its bytes, which takes a fiftieth of what OpenSSL does. Undefined where anything in it is not as
 * nearly all programs write it, or does not fit: then OpenSSL decides, as nginx does. What is read here OpenSSL takes,
 * and reads the same.
 */
export function readPlainPair({ blocks, key }: PairTexts): CertificateContent | undefined {
  const keyBlock = readPemBlock(key);
  const half = keyBlock === undefined ? undefined : readPrivateKey(keyBlock.label, keyBlock.der);
  if (half === undefined) return undefined;
  let leaf: CertificateContent | undefined;
  for (const block of blocks) {
    const certificate = readPlainCertificate(block);
    if (certificate === undefined) return undefined;
    if (leaf !== undefined) continue;
    const { algorithm, bytes } = certificate.key;
    if (algorithm !== half.algorithm || !bytes.equals(half.bytes)) return undefined;
    leaf = certificate.content;
  }
  return leaf;
}
