import type { Finding } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { many } from '../diagnostics/words.ts';
import type { FlawKind } from '../pem/chain.ts';
import type { CertificateTime } from '../pem/content.ts';
import type { KeyPair } from '../pem/key-pair.ts';
import type { Secret } from '../resources/model.ts';
import { dataRef, refOf } from '../resources/model.ts';
import { isName } from '../resources/names.ts';
import type { SecretContent } from './certificates.ts';
import {
  certificateChain,
  certificateDates,
  certificateExpiresSoon,
  certificateUsage,
  certificateWithoutNames,
  missingCertificate,
  stagingCertificate,
  unusableCertificate,
} from './rules/certificates.ts';

/** What the dates of certificates are judged by. It decides on findings only, never on output. */
export interface CertificateClock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 0: nobody wants to know what expires. */
  readonly expireDays: number;
}

const DAY = 86_400_000;

const FLAWS = {
  chain: { rule: certificateChain },
  root: { rule: certificateChain, severity: 'info' },
  usage: { rule: certificateUsage },
  staging: { rule: stagingCertificate },
} as const satisfies Readonly<Record<FlawKind, Pick<Finding, 'rule' | 'severity'>>>;

/** Whether there is nothing to say, of most Secrets. */
export function isFine({ pair }: SecretContent, clock: CertificateClock): boolean {
  if (!('chain' in pair) || pair.isCutOff || pair.from.at > clock.now) return false;
  const { flaws, soonest } = pair.advice;
  const end = Math.min(pair.until.at, soonest?.until.at ?? Infinity);
  return flaws.length === 0 && pair.names.alternative.size > 0 && end >= soonFor(pair, clock);
}

/**
 * What is wrong with a Secret that is used.
 *
 * @param name `namespace/name`
 */
export function findingsOf(
  name: string,
  content: SecretContent,
  user: FieldRef,
  clock: CertificateClock,
): readonly Finding[] {
  const { secret, pair } = content;
  if (!('chain' in pair)) {
    const finding = uselessFinding(name, content, user);
    return finding === undefined ? [] : [finding];
  }
  if (secret === undefined) return [];
  const certificate = { name, pair, at: fieldOf(secret, 'tls.crt') };
  const all = [
    dateFinding(certificate, clock),
    pair.isCutOff ? chainFinding(certificate) : undefined,
    namesFinding(certificate),
    ...flawFindings(certificate),
  ];
  return all.filter(finding => finding !== undefined);
}

interface UsedCertificate {
  readonly name: string;
  readonly pair: KeyPair;
  readonly at: FieldRef;
}

function fieldOf(secret: Secret, key: string): FieldRef {
  return secret.data[key] === undefined ? refOf(secret, 'metadata', 'name') : dataRef(secret, key);
}

/** The time from which on the end of a certificate is near. One that is always near its end is not for most of its time. */
function soonFor({ from, until }: Pick<KeyPair, 'from' | 'until'>, { now, expireDays }: CertificateClock): number {
  const lifetime = until.at - from.at;
  const wanted = expireDays * DAY;
  return now + (lifetime <= wanted ? lifetime / 3 : wanted);
}

function dateFinding({ name, pair, at }: UsedCertificate, clock: CertificateClock): Finding | undefined {
  const { from, until, advice } = pair;
  if (from.at > clock.now) {
    const message = `the certificate of Secret ${name} is not valid before ${from.text}`;
    return {
      rule: certificateDates,
      message,
      help: 'use it from then on, or issue it again if that date is wrong',
      at,
    };
  }
  const leaf = { subject: `the certificate of Secret ${name}`, until, help: 'renew it' };
  const ofLeaf = endFinding(leaf, soonFor(pair, clock), clock, at);
  if (ofLeaf !== undefined || advice.soonest === undefined) return ofLeaf;
  const { number, until: end } = advice.soonest;
  const subject = `certificate number ${number} in the chain of Secret ${name}`;
  const help = 'replace it by the current one of the issuer';
  return endFinding({ subject, until: end, help }, soonFor(pair, clock), clock, at);
}

interface End {
  readonly subject: string;
  readonly until: CertificateTime;
  readonly help: string;
}

function endFinding({ subject, until, help }: End, soon: number, { now }: CertificateClock, at: FieldRef) {
  if (until.at < now) {
    return { rule: certificateDates, message: `${subject} has expired (${until.text})`, help, at };
  }
  if (!(until.at < soon)) return undefined;
  const days = Math.floor((until.at - now) / DAY);
  // The days stand in the help: the same finding has the same message tomorrow.
  const left = days === 0 ? 'less than a day is left' : `${many(days, 'day')} left`;
  return { rule: certificateExpiresSoon, message: `${subject} expires on ${until.text}`, help: `${help}: ${left}`, at };
}

function chainFinding({ name, at }: UsedCertificate): Finding {
  const message = `the certificate chain of Secret ${name} is cut off: the END line of its last certificate is missing`;
  const help =
    'put the PEM text of the whole chain there; without the missing part, many clients refuse the certificate';
  return { rule: unusableCertificate, message, help, at };
}

function namesFinding({ name, pair, at }: UsedCertificate): Finding | undefined {
  const { alternative, common } = pair.names;
  if (alternative.size > 0 || common === undefined) return undefined;
  const message = `the certificate of Secret ${name} has "${common}" as its common name only: browsers reject it`;
  const help = `have it issued with the alternative name (subjectAltName) DNS:${common}`;
  return { rule: certificateWithoutNames, message, help, at };
}

/** The chain of one that is cut off is not looked at twice. */
function flawFindings({ name, pair, at }: UsedCertificate): readonly Finding[] {
  const flaws = pair.advice.flaws.filter(({ kind }) => !pair.isCutOff || (kind !== 'chain' && kind !== 'root'));
  return flaws.map(({ kind, message, help }) => ({
    ...FLAWS[kind],
    message: `the certificate of Secret ${name} ${message}`,
    help,
    at,
  }));
}

/** Why nginx cannot use it. */
function uselessFinding(name: string, { secret, pair }: SecretContent, user: FieldRef): Finding | undefined {
  if ('chain' in pair || secret?.isRefused === true) return undefined;
  const message = `the Secret ${name} ${pair.message}; the default certificate is used instead`;
  if (secret === undefined) {
    // There can be no Secret of a name that is none, which has been said.
    if (!isName('dns-name', name.slice(name.indexOf('/') + 1))) return undefined;
    return {
      rule: missingCertificate,
      message,
      help: 'add the Secret to the input',
      at: user,
      lacks: { kind: 'Secret', key: name },
    };
  }
  const rule = secret.data[pair.field] === undefined ? missingCertificate : unusableCertificate;
  const help = renameHelp(secret, pair.field) ?? pair.help ?? `put the right PEM text under "${pair.field}"`;
  const related = [{ message: 'it is used here', at: user }];
  return { rule, message, help, at: fieldOf(secret, pair.field), related };
}

/** What people call the two parts of a Secret for TLS. */
const USUAL_KEYS: Readonly<Record<'tls.crt' | 'tls.key', RegExp>> = {
  'tls.crt': /^(?!ca\b)(?!.*key).*\.(?:crt|cer|cert|pem)$|^(?:cert|certificate|fullchain)$/i,
  'tls.key': /\.key$|key\.pem$|^(?:key|privkey|private-key)$/i,
};

/** Which key of a Secret most likely holds what is missing, if there is one. */
function renameHelp({ data }: Secret, field: 'tls.crt' | 'tls.key'): string | undefined {
  if (data[field] !== undefined) return undefined;
  const [found, ...others] = Object.keys(data).filter(key => USUAL_KEYS[field].test(key));
  return found === undefined || others.length > 0 ? undefined : `rename the key "${found}" to "${field}"`;
}
