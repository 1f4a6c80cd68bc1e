import type { Report } from '../diagnostics/diagnostic.ts';
import type { Ingress, IngressTls } from '../resources/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { CertificateStore } from './certificates.ts';
import { secretNameRef } from './certificates.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import { namesFor } from '../pem/key-pair.ts';
import { certificateForOtherHost, missingCertificate } from './rules/certificates.ts';
import type { TlsDecision } from './unshown-certificates.ts';

/** The TLS of all hosts. */
export interface TlsTable {
  /** Whether a certificate is registered for the host or for its wildcard, be it the default one. */
  readonly hasTls: (host: string) => boolean;
  /** The id of the certificate that clients of the host see; undefined: the default one. */
  readonly certificateOf: (host: string) => string | undefined;
  /** The certificate of a host if it covers another name, else that of the wildcard of the name, if there is one. */
  readonly certificateFor: (host: string, name: string) => string | undefined;
  /** Who decided on the certificate of a host of a rule; undefined where no Ingress with such a rule has TLS. */
  readonly decisionOf: (host: string) => TlsDecision | undefined;
}

function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}

interface Choice {
  readonly entry: IngressTls | undefined;
  readonly id: string | undefined;
  readonly covers?: (host: string) => boolean;
}

/** The TLS section of an Ingress, each entry of which is looked at once, however many hosts ask. */
interface TlsSection {
  /** The first entry that lists a host, by the host. */
  readonly listed: ReadonlyMap<string, IngressTls>;
  /** The first entry whose certificate covers a host by an alternative name. */
  readonly covering: (host: string) => IngressTls | undefined;
  /** Says what is wrong with the Secrets of all entries. */
  readonly reportAll: () => void;
}

function openSection({ namespace, tls }: Ingress, store: CertificateStore): TlsSection {
  const listed = new Map<string, IngressTls>();
  for (const entry of tls) {
    for (const name of entry.hosts) {
      const host = name.toLowerCase();
      if (!listed.has(host)) listed.set(host, entry);
    }
  }
  let isSaid = false;
  return {
    listed,
    covering: openCovering(namespace, tls, store),
    reportAll() {
      if (isSaid) return;
      isSaid = true;
      for (const entry of tls)
        if (entry.secretName !== '') store.use(namespace, entry.secretName, secretNameRef(entry));
    },
  };
}

/** Reads no more Secrets than it takes to answer: whoever watches a cluster fetches those that were looked up. */
function openCovering(namespace: string, tls: Ingress['tls'], store: CertificateStore): TlsSection['covering'] {
  const firstByName = new Map<string, number>();
  let read = 0;
  const readNext = (): void => {
    const secretName = tls[read]?.secretName ?? '';
    const names = secretName === '' ? undefined : store.peek(namespace, secretName)?.alternativeNames;
    for (const name of names ?? []) if (!firstByName.has(name)) firstByName.set(name, read);
    read += 1;
  };
  return host => {
    const names = namesFor(host);
    const first = (): number => Math.min(...names.map(name => firstByName.get(name) ?? Infinity));
    while (first() === Infinity && read < tls.length) readNext();
    return tls[first()];
  };
}

/**
 * The certificate of a host as its Ingress asks for it; its id is undefined, and said, if it gets the default one. The entry that
 * counts is the first that lists the host, word for word; else the first whose certificate covers it, where a common
 * name does not count.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, extractTLSSecretName.
 */
function choose(
  ingress: Ingress,
  host: string,
  {
    section,
    store,
    report,
  }: { readonly section: TlsSection; readonly store: CertificateStore; readonly report: Report },
): Choice {
  const tls = section.listed.get(host) ?? section.covering(host);
  if (tls === undefined) {
    section.reportAll();
    const at = ingress.tls[0]?.at;
    const message = `no TLS entry of the Ingress fits the host "${host}"; the default certificate is used`;
    report({
      rule: missingCertificate,
      message,
      help: `list "${host}" under tls.hosts`,
      ...(at === undefined ? {} : { at }),
    });
    return { entry: undefined, id: undefined };
  }
  if (tls.secretName === '') return { entry: tls, id: undefined };
  const secret = store.use(ingress.namespace, tls.secretName, secretNameRef(tls));
  if (secret === undefined) return { entry: tls, id: undefined };
  if (secret.covers(host)) return { entry: tls, id: secret.id, covers: secret.covers };
  const message = `the certificate of Secret ${ingress.namespace}/${tls.secretName} does not cover "${host}"; the default one is used`;
  report({ rule: certificateForOtherHost, message, help: 'use a certificate for this host', at: secretNameRef(tls) });
  return { entry: tls, id: undefined };
}

/**
 * Gives every host its certificate: that of the oldest Ingress with a rule for it and a TLS section. A host without one
 * shows the certificate of its wildcard, as in the controller. The default server keeps the default certificate.
 */
export function* assignCertificates(
  hosts: readonly HostDraft[],
  store: CertificateStore,
  report: Report,
): Steps<TlsTable> {
  yield 'certificates';
  const chosen = new Map<string, string | undefined>();
  const decisions = new Map<string, TlsDecision>();
  const covering = new Map<string, (host: string) => boolean>();
  const isPauseDue = pauses();
  const sections = new Map<Ingress, TlsSection>();
  const sectionOf = (ingress: Ingress): TlsSection => {
    const section = sections.get(ingress) ?? openSection(ingress, store);
    sections.set(ingress, section);
    return section;
  };
  for (const { host, plans } of hosts) {
    if (host === DEFAULT_HOST) continue;
    // One that dropped out gives its hosts no certificate, and so no redirect, as in the controller; what is wrong with
    // its Secrets is said all the same.
    for (const { ingress, isDropped } of plans) if (isDropped) sectionOf(ingress).reportAll();
    const owner = plans.find(({ ingress, isDropped }) => !isDropped && ingress.tls.length > 0)?.ingress;
    if (owner === undefined) continue;
    const { entry, id, covers } = choose(owner, host, { section: sectionOf(owner), store, report });
    chosen.set(host, id);
    if (covers !== undefined) covering.set(host, covers);
    decisions.set(host, { ingress: owner, entry, isDefault: id === undefined });
    // A key may have to be read.
    if (isPauseDue(20)) yield;
  }
  const wildcards = new Map<string, string | undefined>();
  for (const [host, id] of chosen) if (host.startsWith('*.')) wildcards.set(host, id);
  const ofWildcard = <T>(host: string, answer: (wildcard: string) => T): T | undefined =>
    wildcards.size === 0 ? undefined : answer(wildcardOf(host));
  return {
    hasTls: host => chosen.has(host) || ofWildcard(host, wildcard => wildcards.has(wildcard)) === true,
    certificateOf: host =>
      chosen.has(host) ? chosen.get(host) : ofWildcard(host, wildcard => wildcards.get(wildcard)),
    certificateFor: (host, name) =>
      covering.get(host)?.(name) === true ? chosen.get(host) : ofWildcard(name, wildcard => wildcards.get(wildcard)),
    decisionOf: host => decisions.get(host),
  };
}
