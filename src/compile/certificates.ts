import type { Cluster } from '../cluster/cluster.ts';
import { fileStem, keyOfObject } from '../cluster/object-name.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Remembered, Table } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import { below } from '../diagnostics/place.ts';
import type { Secret } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Certificate } from '../routing/secret-files.ts';
import type { PairProblem } from '../pem/mistakes.ts';
import type { KeyPair } from '../pem/key-pair.ts';
import { coversHost, namesOfPair, readKeyPair } from '../pem/key-pair.ts';
import type { CertificateClock } from './certificate-findings.ts';
import { findingsOf, isFine } from './certificate-findings.ts';

/** A TLS Secret that nginx can use. */
export interface UsableSecret {
  readonly id: string;
  readonly covers: (host: string) => boolean;
  /** The names that it covers hosts by, the common name aside; see `namesFor`. */
  readonly alternativeNames: ReadonlySet<string>;
  /** All names that it has for hosts. */
  readonly names: readonly string[];
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
  return {
    id,
    covers: host => coversHost(pair, host),
    alternativeNames: pair.names.alternative,
    names: namesOfPair(pair),
  };
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
  readonly clock: CertificateClock;
  readonly report: Report;
}

/** Opens the TLS Secrets of the input. */
export function openCertificates(
  { cluster, clock, report }: Opening,
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
    if (isFine(content, clock)) return;
    // What is wrong with a Secret of the input is said once, that it is missing once an object that names it.
    const mark = content.secret === undefined ? `${key} ${user.document}` : key;
    const findings = said.has(mark) ? [] : findingsOf(key, content, user, clock);
    said.add(mark);
    findings.forEach(report);
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
