import type { Cluster } from '../cluster/cluster.ts';
import { fileStem, keyOfObject } from '../cluster/object-name.ts';
import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below } from '../diagnostics/place.ts';
import type { Secret } from '../resources/model.ts';
import { dataRef, refOf } from '../resources/model.ts';
import type { Certificate } from '../routing/model.ts';
import type { KeyPair, PairProblem } from './pem.ts';
import { coversByAlternativeName, coversHost, readKeyPair } from './pem.ts';
import { certificateDates, missingCertificate, unusableCertificate } from './rules.ts';

/** A TLS Secret that nginx can use. */
export interface UsableSecret {
  readonly id: string;
  readonly covers: (host: string) => boolean;
  /** The same without a look at the common name. */
  readonly coversByAlternativeName: (host: string) => boolean;
}

/** The TLS Secrets of the input: each is read once, and said once what is wrong with it. */
export interface CertificateStore {
  /** A Secret for use in nginx; undefined, and said, if it is of none. */
  readonly use: (namespace: string, name: string, user: FieldRef) => UsableSecret | undefined;
  /** The same without a word: for looking whether a Secret would fit. */
  readonly peek: (namespace: string, name: string) => UsableSecret | undefined;
  /** The certificates of these ids, by id. */
  readonly withIds: (ids: ReadonlySet<string>) => readonly Certificate[];
}

interface Entry {
  readonly secret: Secret | undefined;
  readonly pair: KeyPair | PairProblem;
}

function textOf(secret: Secret, key: string): string {
  return Buffer.from(secret.data[key] ?? '', 'base64').toString('latin1');
}

function fieldOf(secret: Secret, key: string): FieldRef {
  return secret.data[key] === undefined ? refOf(secret, 'metadata', 'name') : dataRef(secret, key);
}

function dateFinding(name: string, { leaf }: KeyPair, secret: Secret, now: number): Finding | undefined {
  const at = fieldOf(secret, 'tls.crt');
  if (Date.parse(leaf.validTo) < now) {
    const message = `the certificate of Secret ${name} has expired (${leaf.validTo})`;
    return { rule: certificateDates, message, help: 'renew it', at };
  }
  if (Date.parse(leaf.validFrom) > now) {
    const message = `the certificate of Secret ${name} is not valid before ${leaf.validFrom}`;
    return { rule: certificateDates, message, at };
  }
  return undefined;
}

/** What is wrong with a Secret; undefined if nothing is. */
function findingOf(name: string, { secret, pair }: Entry, user: FieldRef, now: number): Finding | undefined {
  if ('leaf' in pair) return secret === undefined ? undefined : dateFinding(name, pair, secret, now);
  const message = `the Secret ${name} ${pair.message}; the default certificate is shown instead`;
  if (secret === undefined)
    return {
      rule: missingCertificate,
      message,
      help: 'add the Secret to the input, or correct it if it has been refused',
      at: user,
    };
  const rule = secret.data[pair.field] === undefined ? missingCertificate : unusableCertificate;
  const help = `put the right PEM text under "${pair.field}"`;
  const related = [{ message: 'it is used here', at: user }];
  return { rule, message, help, at: fieldOf(secret, pair.field), related };
}

/**
 * Opens the TLS Secrets of the input.
 *
 * @param now milliseconds since 1970; decides on warnings only, never on output
 */
export function openCertificates(cluster: Cluster, now: number, report: Report): CertificateStore {
  const entries = new Map<string, Entry>();
  const said = new Set<string>();
  // A wildcard certificate is often copied to every namespace, and reading a key takes longer than most of a render.
  const pairs = new Map<string, Entry['pair']>();
  const pairOf = (secret: Secret): Entry['pair'] => {
    const text = `${secret.data['tls.crt']}\n${secret.data['tls.key']}`;
    const pair = pairs.get(text) ?? readKeyPair(textOf(secret, 'tls.crt'), textOf(secret, 'tls.key'));
    pairs.set(text, pair);
    return pair;
  };

  const read = (key: string): Entry => {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const secret = cluster.secrets.get(key);
    const pair: Entry['pair'] =
      secret === undefined ? { field: 'tls.crt', message: 'is not in the input' } : pairOf(secret);
    const entry = { secret, pair };
    entries.set(key, entry);
    return entry;
  };
  const peek = (namespace: string, name: string): UsableSecret | undefined => {
    const { pair } = read(keyOfObject(namespace, name));
    if (!('leaf' in pair)) return undefined;
    return {
      id: fileStem(namespace, name),
      covers: host => coversHost(pair.leaf, host),
      coversByAlternativeName: host => coversByAlternativeName(pair.leaf, host),
    };
  };
  return {
    peek,
    use(namespace, name, user) {
      const key = keyOfObject(namespace, name);
      const entry = read(key);
      // What is wrong with a Secret of the input is said once, that it is missing once an object that names it.
      const mark = entry.secret === undefined ? `${key} ${user.document}` : key;
      const finding = said.has(mark) ? undefined : findingOf(key, entry, user, now);
      said.add(mark);
      if (finding !== undefined) report(finding);
      return peek(namespace, name);
    },
    withIds: ids => certificatesOf(entries, ids),
  };
}

function certificatesOf(entries: ReadonlyMap<string, Entry>, ids: ReadonlySet<string>): readonly Certificate[] {
  const certificates: Certificate[] = [];
  for (const { secret, pair } of entries.values()) {
    if (secret === undefined || !('leaf' in pair)) continue;
    const id = fileStem(secret.namespace, secret.name);
    if (!ids.has(id)) continue;
    const resource = `Secret ${keyOfObject(secret.namespace, secret.name)}`;
    certificates.push({ id, chain: pair.chain, key: pair.key, from: { resource, field: refOf(secret) } });
  }
  return certificates.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The field of an Ingress that names a Secret for TLS. */
export function secretNameRef(tls: { readonly at: FieldRef }): FieldRef {
  return below(tls.at, 'secretName');
}
