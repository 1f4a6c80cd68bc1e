import type { Cluster } from '../cluster/cluster.ts';
import { fileStem, keyOfObject } from '../cluster/object-name.ts';
import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Remembered, Table } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import { below } from '../diagnostics/place.ts';
import type { Secret } from '../resources/model.ts';
import { isName } from '../resources/names.ts';
import { dataRef, refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Certificate } from '../routing/model.ts';
import type { PairProblem } from '../pem/mistakes.ts';
import type { KeyPair } from '../pem/key-pair.ts';
import { coversHost, readKeyPair } from '../pem/key-pair.ts';
import { certificateDates, missingCertificate, unusableCertificate } from './rules/certificates.ts';

/** A TLS Secret that nginx can use. */
export interface UsableSecret {
  readonly id: string;
  readonly covers: (host: string) => boolean;
  /** The names that it covers hosts by, the common name aside; see `namesFor`. */
  readonly alternativeNames: ReadonlySet<string>;
}

/** The TLS Secrets of the input: each is read once, and said once what is wrong with it. */
export interface CertificateStore {
  /** A Secret for use in nginx; undefined, and said, if it is of none. */
  readonly use: (namespace: string, name: string, user: FieldRef) => UsableSecret | undefined;
  /** The Secrets by `namespace/name`, without a word: for looking whether one would fit. The same object as long as a Secret is. */
  readonly contents: Table<string, SecretContent>;
  /** Says what is wrong with a Secret that is used. */
  readonly say: (use: SecretUse) => void;
  /** The certificates of these ids, by id. */
  readonly withIds: (ids: ReadonlySet<string>) => readonly Certificate[];
}

/** A Secret for use in nginx, and who names it. */
export interface SecretUse {
  /** `namespace/name` */
  readonly key: string;
  readonly content: SecretContent;
  readonly user: FieldRef;
}

/** What a TLS Secret was read as, from one compilation to the next. */
export type CertificateMemory = WeakMap<Secret, Remembered<SecretContent>>;

export interface SecretContent {
  /** Undefined where it is not in the input. */
  readonly secret: Secret | undefined;
  readonly pair: KeyPair | PairProblem;
  /** Both undefined where nginx cannot use it. */
  readonly certificate: Certificate | undefined;
  readonly usable: UsableSecret | undefined;
}

const MISSING: SecretContent = {
  secret: undefined,
  pair: { field: 'tls.crt', message: 'is not in the input' },
  certificate: undefined,
  usable: undefined,
};

function textOf(secret: Secret, key: string): string {
  return Buffer.from(secret.data[key] ?? '', 'base64').toString('latin1');
}

function fieldOf(secret: Secret, key: string): FieldRef {
  return secret.data[key] === undefined ? refOf(secret, 'metadata', 'name') : dataRef(secret, key);
}

function dateFinding(name: string, { from, until }: KeyPair, secret: Secret, now: number): Finding | undefined {
  const at = fieldOf(secret, 'tls.crt');
  if (until.at < now) {
    const message = `the certificate of Secret ${name} has expired (${until.text})`;
    return { rule: certificateDates, message, help: 'renew it', at };
  }
  if (from.at > now) {
    const message = `the certificate of Secret ${name} is not valid before ${from.text}`;
    return { rule: certificateDates, message, at };
  }
  return undefined;
}

function chainFinding(name: string, secret: Secret): Finding {
  const message = `the certificate chain of Secret ${name} is cut off: the END line of its last certificate is missing`;
  const help =
    'put the PEM text of the whole chain there; without the missing part, many clients refuse the certificate';
  return { rule: unusableCertificate, message, help, at: fieldOf(secret, 'tls.crt') };
}

/** What is wrong with a Secret; undefined if nothing is. */
function findingOf(name: string, { secret, pair }: SecretContent, user: FieldRef, now: number): Finding | undefined {
  if ('chain' in pair) {
    if (secret === undefined) return undefined;
    return dateFinding(name, pair, secret, now) ?? (pair.isCutOff ? chainFinding(name, secret) : undefined);
  }
  if (secret?.isRefused === true) return undefined;
  const message = `the Secret ${name} ${pair.message}; the default certificate is used instead`;
  if (secret === undefined) {
    // There can be no Secret of a name that is none, which has been said.
    if (!isName('dns-name', name.slice(name.indexOf('/') + 1))) return undefined;
    return {
      rule: missingCertificate,
      message,
      help: 'add the Secret to the input',
      at: user,
    };
  }
  const rule = secret.data[pair.field] === undefined ? missingCertificate : unusableCertificate;
  const help = pair.help ?? `put the right PEM text under "${pair.field}"`;
  const related = [{ message: 'it is used here', at: user }];
  return { rule, message, help, at: fieldOf(secret, pair.field), related };
}

/** Reads Secrets, each once. */
function openReader(memory: CertificateMemory | undefined): (secret: Secret) => SecretContent {
  // A wildcard certificate is often copied to every namespace, and reading a key takes longer than most of a render.
  const pairs = new Map<string, SecretContent['pair']>();
  const read = (secret: Secret): SecretContent => {
    const text = `${secret.data['tls.crt']}\n${secret.data['tls.key']}`;
    const pair = pairs.get(text) ?? readKeyPair(textOf(secret, 'tls.crt'), textOf(secret, 'tls.key'));
    pairs.set(text, pair);
    if (!('chain' in pair)) return { secret, pair, certificate: undefined, usable: undefined };
    const certificate = certificateOf(secret, pair);
    return { secret, pair, certificate, usable: usableOf(certificate.id, pair) };
  };
  // What is wrong with one is said where it is used.
  return secret => remember(memory, secret, { facts: [] }, () => read(secret));
}

function usableOf(id: string, pair: KeyPair): UsableSecret {
  return { id, covers: host => coversHost(pair, host), alternativeNames: pair.names.alternative };
}

function certificateOf(secret: Secret, { chain, key }: KeyPair): Certificate {
  return {
    kind: 'key-pair',
    id: fileStem(secret.namespace, secret.name),
    chain,
    key,
    from: cameFrom(secret, refOf(secret)),
  };
}

interface Opening {
  readonly cluster: Cluster;
  /** Milliseconds since 1970; decides on warnings only, never on output. */
  readonly now: number;
  readonly report: Report;
}

/** Opens the TLS Secrets of the input. */
export function openCertificates(
  { cluster, now, report }: Opening,
  memory: CertificateMemory | undefined,
): CertificateStore {
  const contents = new Map<string, SecretContent>();
  const said = new Set<string>();
  const readSecret = openReader(memory);
  const get = (key: string): SecretContent => {
    const known = contents.get(key);
    if (known !== undefined) return known;
    const secret = cluster.secrets.get(key);
    const content = secret === undefined ? MISSING : readSecret(secret);
    contents.set(key, content);
    return content;
  };
  const say = ({ key, content, user }: SecretUse): void => {
    if (isFine(content, now)) return;
    // What is wrong with a Secret of the input is said once, that it is missing once an object that names it.
    const mark = content.secret === undefined ? `${key} ${user.document}` : key;
    const finding = said.has(mark) ? undefined : findingOf(key, content, user, now);
    said.add(mark);
    if (finding !== undefined) report(finding);
  };
  return {
    contents: { get },
    say,
    use(namespace, name, user) {
      const key = keyOfObject(namespace, name);
      const content = get(key);
      say({ key, content, user });
      return content.usable;
    },
    withIds: ids => certificatesOf(contents, ids),
  };
}

/** Whether there is nothing to say, of most Secrets. */
function isFine({ pair }: SecretContent, now: number): boolean {
  return 'chain' in pair && !pair.isCutOff && pair.from.at <= now && now <= pair.until.at;
}

function certificatesOf(
  contents: ReadonlyMap<string, SecretContent>,
  ids: ReadonlySet<string>,
): readonly Certificate[] {
  const certificates = [...contents.values()].map(({ certificate }) => certificate);
  return certificates
    .filter(certificate => certificate !== undefined)
    .filter(({ id }) => ids.has(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The field of an Ingress that names a Secret for TLS. */
export function secretNameRef(tls: { readonly at: FieldRef }): FieldRef {
  return below(tls.at, 'secretName');
}
