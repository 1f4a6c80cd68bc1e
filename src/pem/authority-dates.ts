import type { CertificateTime } from './content.ts';
import { DerWalk, TAG } from './der-walk.ts';
import { readTime } from './plain-time.ts';

const BLOCK = /-----BEGIN (CERTIFICATE|X509 CRL)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;

const VERSION = 0xa0;

/**
 * When authorities, or their lists of revoked certificates, end: one time for each PEM block that is of the usual form
 * and has an end.
 */
export function endsOf(text: string): readonly CertificateTime[] {
  return [...text.matchAll(BLOCK)].flatMap(([, label, base64 = '']) => {
    const walk = new DerWalk(Buffer.from(base64, 'base64'));
    const end = label === 'CERTIFICATE' ? endOfCertificate(walk) : endOfList(walk);
    return end === undefined || walk.isDoubtful ? [] : [end];
  });
}

function endOfCertificate(walk: DerWalk): CertificateTime {
  walk.enter(TAG.sequence);
  walk.enter(TAG.sequence);
  if (walk.next() === VERSION) walk.skip(VERSION);
  walk.skip(TAG.integer);
  walk.skip(TAG.sequence);
  walk.skip(TAG.sequence);
  walk.enter(TAG.sequence);
  readTime(walk);
  return readTime(walk);
}

/** A list may say when there will be another one. */
function endOfList(walk: DerWalk): CertificateTime | undefined {
  walk.enter(TAG.sequence);
  walk.enter(TAG.sequence);
  if (walk.next() === TAG.integer) walk.skip(TAG.integer);
  walk.skip(TAG.sequence);
  walk.skip(TAG.sequence);
  readTime(walk);
  const tag = walk.next();
  return tag === TAG.utcTime || tag === TAG.generalizedTime ? readTime(walk) : undefined;
}
