import type { CertificateTime } from './content.ts';
import type { DerWalk } from './der-walk.ts';
import { TAG } from './der-walk.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** A `Time` of RFC 5280, in seconds and in UTC. */
export function readTime(walk: DerWalk): CertificateTime {
  const isShort = walk.next() === TAG.utcTime;
  const { start, end } = walk.skip(isShort ? TAG.utcTime : TAG.generalizedTime);
  const written = walk.bytes.toString('latin1', start, end);
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    DIGITS.exec(isShort ? `${written < '50' ? '20' : '19'}${written}` : written) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = Date.parse(iso);
  // There is no 30 February, and nobody needs to know how OpenSSL counts the years of antiquity.
  walk.doubtUnless(year >= '1950' && !Number.isNaN(at) && new Date(at).toISOString() === iso);
  const name = MONTHS[Number(month) - 1] ?? '';
  return { at, text: `${name} ${String(Number(day)).padStart(2)} ${hour}:${minute}:${second} ${year} GMT` };
}
