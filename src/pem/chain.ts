import { X509Certificate } from 'node:crypto';

import { DerWalk, TAG } from './der-walk.ts';
import type { CertificateTime } from './content.ts';
import { readTime } from './plain-time.ts';

/**
 * What is wrong with certificates that nginx takes: `chain` of how they follow each other, `root` of one too many,
 * `usage` of what the first one was issued for, `staging` of who issued it.
 */
export type FlawKind = 'chain' | 'root' | 'usage' | 'staging';

export interface ChainFlaw {
  readonly kind: FlawKind;
  /** Continues the sentence `the certificate of Secret … `. */
  readonly message: string;
  readonly help: string;
}

/** What is said of the certificates of a Secret besides its first one. */
export interface ChainAdvice {
  readonly flaws: readonly ChainFlaw[];
  /** The certificate after the first one that is the first to expire; undefined where there is none. */
  readonly soonest: { readonly number: number; readonly until: CertificateTime } | undefined;
}

/** What a certificate says of its place among others. */
interface Link {
  readonly pem: string;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** Undefined for the first certificate, of which it is known. */
  readonly until: CertificateTime | undefined;
  readonly isAuthority: boolean;
  /** Object identifiers as hexadecimal digits of DER; undefined: for anything. */
  readonly usages: readonly string[] | undefined;
  /** Whether a public log has promised to list it, as browsers ask of certificates of the Internet. */
  readonly isLogged: boolean;
}

const EXTENSION = { constraints: '0603551d13', usage: '0603551d25', logged: '060a2b06010401d679020402' } as const;

/** `serverAuth`, `anyExtendedKeyUsage`, and what Netscape and Microsoft had for the first one. */
const FOR_SERVERS: ReadonlySet<string> = new Set([
  '06082b06010505070301',
  '0604551d2500',
  '06096086480186f8420401',
  '060a2b0601040182370a0303',
]);

const IS_AUTHORITY = '0101ff';
const EXTENSIONS = 0xa3;
const VERSION = 0xa0;

const NOTHING: ChainAdvice = { flaws: [], soonest: undefined };

/**
 * What clients will find wrong with certificates that nginx loads, the first of which is that of the host. Nothing where
 * one of them is not of the usual form. A signature is not looked at: that takes longer than all the rest.
 */
export function adviceOn(blocks: readonly string[]): ChainAdvice {
  const links: Link[] = [];
  for (const [index, block] of blocks.entries()) {
    const link = readLink(block, index > 0 ? readEnd : passOver);
    if (link === undefined) return NOTHING;
    links.push(link);
  }
  const [leaf, ...others] = links;
  if (leaf === undefined) return NOTHING;
  const found = [usageFlaw(leaf), stagingFlaw(leaf), orderFlaw(leaf, links) ?? rootFlaw(links)];
  const flaws = found.filter(flaw => flaw !== undefined);
  return flaws.length === 0 && others.length === 0 ? NOTHING : { flaws, soonest: soonestOf(links) };
}

const [BEGIN, END] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'];

/** @param readValidity the end of its time, if it counts */
function readLink(pem: string, readValidity: (walk: DerWalk) => Link['until']): Link | undefined {
  const walk = new DerWalk(Buffer.from(pem.slice(BEGIN.length, -END.length), 'base64'));
  walk.enter(TAG.sequence);
  const signed = walk.enter(TAG.sequence);
  if (walk.next() === VERSION) walk.skip(VERSION);
  walk.skip(TAG.integer);
  walk.skip(TAG.sequence);
  const issuer = elementOf(walk);
  const until = readValidity(walk);
  const subject = elementOf(walk);
  walk.skip(TAG.sequence);
  const extensions = walk.next() === EXTENSIONS ? readExtensions(walk) : new Map<string, string>();
  walk.leave(signed);
  if (walk.isDoubtful) return undefined;
  return {
    pem,
    issuer,
    subject,
    until,
    isAuthority: extensions.get(EXTENSION.constraints)?.includes(IS_AUTHORITY) === true,
    usages: extensions.has(EXTENSION.usage) ? usagesIn(extensions.get(EXTENSION.usage) ?? '') : undefined,
    isLogged: extensions.has(EXTENSION.logged),
  };
}

function readEnd(walk: DerWalk): CertificateTime {
  walk.enter(TAG.sequence);
  readTime(walk);
  return readTime(walk);
}

function passOver(walk: DerWalk): undefined {
  walk.skip(TAG.sequence);
}

function elementOf(walk: DerWalk): Buffer {
  const start = walk.at;
  const { end } = walk.skip(TAG.sequence);
  return walk.bytes.subarray(start, end);
}

const WANTED: ReadonlySet<string> = new Set([EXTENSION.constraints, EXTENSION.usage, EXTENSION.logged]);

/** The content of the extensions that count here, as hexadecimal digits, by their identifiers. */
function readExtensions(walk: DerWalk): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  walk.enter(EXTENSIONS);
  const list = walk.enter(TAG.sequence);
  while (!walk.isDone(list)) {
    walk.enter(TAG.sequence);
    const identifier = walk.whole(TAG.objectIdentifier);
    if (walk.next() === TAG.boolean) walk.skip(TAG.boolean);
    const { start, end } = walk.skip(TAG.octetString);
    if (WANTED.has(identifier)) found.set(identifier, walk.bytes.toString('hex', start, end));
  }
  return found;
}

function usagesIn(digits: string): readonly string[] {
  const walk = new DerWalk(Buffer.from(digits, 'hex'));
  const list = walk.enter(TAG.sequence);
  const found: string[] = [];
  while (!walk.isDone(list)) found.push(walk.whole(TAG.objectIdentifier));
  return found;
}

const isSelfIssued = ({ issuer, subject }: Link): boolean => issuer.equals(subject);

/** Whether somebody put it there as the issuer of another. */
const isOther = ({ isAuthority }: Link, index: number): boolean => isAuthority && index > 0;

/** Those who sign their own are not asked what for: clients that take it have been told to. */
function usageFlaw(leaf: Link): ChainFlaw | undefined {
  if (leaf.usages !== undefined && !leaf.usages.some(usage => FOR_SERVERS.has(usage))) {
    return {
      kind: 'usage',
      message: 'was not issued for servers (its extended key usage lacks serverAuth): clients reject it',
      help: 'use a certificate that was issued for a server',
    };
  }
  if (!leaf.isAuthority || isSelfIssued(leaf)) return undefined;
  return {
    kind: 'usage',
    message: 'is that of an authority (CA:TRUE), whose key can issue certificates for any host; Firefox rejects it',
    help: 'let the authority issue a certificate for the host, and use that one',
  };
}

/** Let's Encrypt has an authority to try things out, whose root nobody trusts. */
function stagingFlaw({ pem, issuer }: Link): ChainFlaw | undefined {
  if (!issuer.includes('(STAGING)') && !issuer.includes('Fake LE ')) return undefined;
  return {
    kind: 'staging',
    message: `was issued by a staging authority, "${commonName(new X509Certificate(pem).issuer)}": clients reject it`,
    help: 'let the production authority issue it, such as https://acme-v02.api.letsencrypt.org/directory',
  };
}

/** The certificate that issued another is the next one, if it is there. */
function orderFlaw(leaf: Link, links: readonly Link[]): ChainFlaw | undefined {
  if (isSelfIssued(leaf)) return undefined;
  if (links.length === 1) return leaf.isLogged ? missingIssuer(leaf) : undefined;
  for (const [index, link] of links.entries()) {
    if (isSelfIssued(link) || (links[index + 1]?.subject.equals(link.issuer) ?? false)) continue;
    const place = links.findIndex((other, at) => at !== index && other.subject.equals(link.issuer));
    if (place > index) return wrongOrder(place, index);
    if (index === 0) return leaf.isLogged || links.some(isOther) ? missingIssuer(leaf) : undefined;
  }
  return undefined;
}

function missingIssuer({ pem }: Link): ChainFlaw {
  const issuer = commonName(new X509Certificate(pem).issuer);
  return {
    kind: 'chain',
    message: `is not followed by that of its issuer, "${issuer}": clients that do not know it reject the connection`,
    help: 'append the PEM text of the intermediate certificates to tls.crt (often called fullchain.pem)',
  };
}

function wrongOrder(issuer: number, issued: number): ChainFlaw {
  return {
    kind: 'chain',
    message: `is in a chain of wrong order: number ${issuer + 1} of tls.crt issued number ${issued + 1}, and must follow it; some clients reject the connection`,
    help: 'put the certificate of the host first, and after each one the one that issued it',
  };
}

/** Clients trust the root that they have; that of the server does nothing. */
function rootFlaw(links: readonly Link[]): ChainFlaw | undefined {
  const root = links.findIndex((link, index) => index > 0 && link.isAuthority && isSelfIssued(link));
  const pem = links[root]?.pem;
  if (pem === undefined) return undefined;
  return {
    kind: 'root',
    message: `is followed by a root certificate, "${commonName(new X509Certificate(pem).subject)}", which clients do not need: they trust their own copy`,
    help: `remove number ${root + 1} of tls.crt`,
  };
}

function soonestOf(links: readonly Link[]): ChainAdvice['soonest'] {
  let soonest: ChainAdvice['soonest'];
  for (const [index, { until }] of links.entries()) {
    if (until === undefined) continue;
    if (soonest === undefined || until.at < soonest.until.at) soonest = { number: index + 1, until };
  }
  return soonest;
}

const COMMON_NAME = /^CN=(.+)$/mu;

/** Only what is said needs a name, and OpenSSL reads all of them. Node gives none where there is none, whatever its type says. */
function commonName(name: string | undefined = ''): string {
  return COMMON_NAME.exec(name)?.[1] ?? name.split('\n').join(', ');
}
