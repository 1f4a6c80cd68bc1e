import { X509Certificate } from 'node:crypto';

import { TAG } from './der-walk.ts';
import { sequenceOf } from './der.ts';
import type { BundleProblem } from './mistakes.ts';
import { explainBundle } from './mistakes.ts';
import { readPlainCertificate } from './plain-certificate.ts';

/** PEM blocks of one kind and nothing else, or why there are none. */
export type Bundle = { readonly content: string } | BundleProblem;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const REVOCATIONS = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/g;

function block(text: string): string {
  return `${text.replaceAll('\r', '').trim()}\n`;
}

/** Whatever stands between the blocks is dropped, so that nothing of a Secret reaches the disk but what nginx reads. */
function joined(blocks: readonly string[]): string {
  return blocks.map(block).join('');
}

/** Reads the certificates of authorities, each of which nginx must be able to read. */
export function readAuthorities(text: string, key: string): Bundle {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0 || blocks.length < countOf(text, 'CERTIFICATE')) {
    return explainBundle(text, key, 'certificate');
  }
  const broken = blocks.findIndex(pem => !isCertificate(pem));
  if (broken === -1) return { content: joined(blocks) };
  const message = `has a certificate under ${key} that cannot be read, number ${broken + 1}`;
  return { message, help: 'put the PEM text of the authority there again' };
}

/** Reads lists of revoked certificates. */
export function readRevocations(text: string, key: string): Bundle {
  const blocks = [...text.matchAll(REVOCATIONS)];
  if (blocks.length === 0 || blocks.length < countOf(text, 'X509 CRL')) {
    return explainBundle(text, key, 'list of revoked certificates');
  }
  if (blocks.every(([, base64 = '']) => isList(Buffer.from(base64, 'base64')))) {
    return { content: joined(blocks.map(([pem]) => pem)) };
  }
  const message = `has a list of revoked certificates under ${key} that cannot be read`;
  return { message, help: 'make it again: openssl ca -gencrl' };
}

function countOf(text: string, what: string): number {
  return text.split(`-----BEGIN ${what}-----`).length - 1;
}

function isCertificate(pem: string): boolean {
  if (readPlainCertificate(pem) !== undefined) return true;
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    // What cannot be read is said by the caller, with its place.
    return false;
  }
}

/** Node reads no such list. It is SEQUENCE { the signed part, the algorithm, BIT STRING }, and each part of it is whole. */
function isList(der: Buffer): boolean {
  const tags = (sequenceOf(der) ?? []).map(({ tag }) => tag);
  return tags.join() === [TAG.sequence, TAG.sequence, TAG.bitString].join();
}
