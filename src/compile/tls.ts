import { keyOfObject } from '../cluster/object-name.ts';
import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { EachMemory, IndexMemory, PickMemory } from '../diagnostics/each.ts';
import { indexEach, pickEach, rememberEachSteps } from '../diagnostics/each.ts';
import type { Table } from '../diagnostics/remember.ts';
import type { Ingress, IngressTls } from '../resources/model.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import type { CertificateStore, SecretUse } from './certificates.ts';
import { secretNameRef } from './certificates.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import { namesFor } from '../pem/key-pair.ts';
import { isSkippedByIssuer } from './certificate-requests.ts';
import type { IngressPlan } from './plan.ts';
import { otherHostFinding } from './other-host.ts';
import { missingCertificate } from './rules/certificates.ts';
import type { TlsDecision } from './unshown-certificates.ts';

/** The TLS of all hosts. */
export interface TlsTable {
  /** By host: the certificate that is registered for it or for its wildcard; without an id it is the default one. */
  readonly ofHosts: Table<string, Pick<HostTls, 'id'> | undefined>;
  /** The certificate of a host if it covers another name, else that of the wildcard of the name, if there is one. */
  readonly certificateFor: (host: string, name: string) => string | undefined;
  /** Who decided on the certificate of a host of a rule; undefined where no Ingress with such a rule has TLS. */
  readonly decisions: Table<string, TlsDecision | undefined>;
}

function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}

/** What a host is given, and what there is to say of it, in this order. */
export interface HostTls {
  readonly host: string;
  /** Whether a certificate is registered for the host; that without an id is the default one. */
  readonly isChosen: boolean;
  readonly id: string | undefined;
  readonly covers: ((host: string) => boolean) | undefined;
  readonly decision: TlsDecision | undefined;
  readonly notes: readonly (SecretUse | Finding)[];
}

/** TLS of hosts, from one compilation to the next. */
export interface TlsMemory {
  readonly hosts: EachMemory<HostDraft, HostTls>;
  readonly byHost: IndexMemory<HostTls>;
  readonly wildcards: PickMemory<HostTls, HostTls>;
}

interface Choice extends Pick<HostTls, 'id' | 'covers'> {
  readonly entry: IngressTls | undefined;
}

type Contents = CertificateStore['contents'];

/** Takes what there is to say. */
type Note = (note: SecretUse | Finding) => void;

/** The TLS section of an Ingress, each entry of which is looked at once, however many hosts ask. */
interface TlsSection {
  /** The first entry that lists a host, by the host. */
  readonly listed: ReadonlyMap<string, IngressTls>;
  /** The first entry whose certificate covers a host by an alternative name. */
  readonly covering: (host: string) => IngressTls | undefined;
  /** Notes the Secrets of all entries. */
  readonly noteAll: (note: Note) => void;
}

function openSection({ namespace, tls }: Ingress, contents: Contents): TlsSection {
  const listed = new Map<string, IngressTls>();
  for (const entry of tls) {
    for (const name of entry.hosts) {
      const host = name.toLowerCase();
      if (!listed.has(host)) listed.set(host, entry);
    }
  }
  let isSaid = false;
  // Few hosts are not listed.
  let covering: TlsSection['covering'] | undefined;
  return {
    listed,
    covering: host => (covering ??= openCovering(namespace, tls, contents))(host),
    noteAll(note) {
      if (isSaid) return;
      isSaid = true;
      for (const entry of tls) if (entry.secretName !== '') note(useOf(namespace, entry, contents));
    },
  };
}

function useOf(namespace: string, entry: IngressTls, contents: Contents): SecretUse {
  const key = keyOfObject(namespace, entry.secretName);
  return { key, content: contents.get(key), user: secretNameRef(entry) };
}

/** Reads no more Secrets than it takes to answer: whoever watches a cluster fetches those that were looked up. */
function openCovering(namespace: string, tls: Ingress['tls'], contents: Contents): TlsSection['covering'] {
  const firstByName = new Map<string, number>();
  let read = 0;
  const readNext = (): void => {
    const secretName = tls[read]?.secretName ?? '';
    const usable = secretName === '' ? undefined : contents.get(keyOfObject(namespace, secretName)).usable;
    for (const name of usable?.alternativeNames ?? []) if (!firstByName.has(name)) firstByName.set(name, read);
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
  { section, contents, note }: { readonly section: TlsSection; readonly contents: Contents; readonly note: Note },
): Choice {
  const { namespace, tls: entries } = ingress;
  const tls = section.listed.get(host) ?? section.covering(host);
  if (tls === undefined) {
    section.noteAll(note);
    const at = entries[0]?.at;
    if (isSkippedByIssuer(ingress)) return { entry: undefined, id: undefined, covers: undefined };
    const message = `no TLS entry of the Ingress fits the host "${host}"; the default certificate is used`;
    const help = `list "${host}" under tls.hosts`;
    note({ rule: missingCertificate, message, help, ...(at === undefined ? {} : { at }) });
    return { entry: undefined, id: undefined, covers: undefined };
  }
  const byDefault = { entry: tls, id: undefined, covers: undefined };
  if (tls.secretName === '') return byDefault;
  const use = useOf(namespace, tls, contents);
  note(use);
  const { usable } = use.content;
  if (usable === undefined) return byDefault;
  if (usable.covers(host)) return { entry: tls, id: usable.id, covers: usable.covers };
  note(otherHostFinding(host, { ...use, names: usable.names }));
  return byDefault;
}

/** Never answers the same: what asks it is made again in each compilation. */
const ANEW: Table<'once more', object> = { get: () => ({}) };

const NOTHING: HostTls['notes'] = [];

/**
 * Gives every host its certificate: that of the oldest Ingress with a rule for it and a TLS section. A host without one
 * shows the certificate of its wildcard, as in the controller. The default server keeps the default certificate.
 */
export function* assignCertificates(
  hosts: readonly HostDraft[],
  { store, report }: { readonly store: CertificateStore; readonly report: Report },
  memory: TlsMemory | undefined,
): Steps<TlsTable> {
  yield 'certificates';
  const sections = new Map<Ingress, TlsSection>();
  const sectionOf = (ingress: Ingress): TlsSection => {
    const section = sections.get(ingress) ?? openSection(ingress, store.contents);
    sections.set(ingress, section);
    return section;
  };
  const isPauseDue = pauses();
  const making = { facts: [], tables: [store.contents, ANEW] };
  const given = yield* rememberEachSteps(memory?.hosts, hosts, making, function* (draft, watch): Steps<HostTls> {
    // A key may have to be read.
    if (isPauseDue(20)) yield;
    return tlsOf(draft, { sectionOf, contents: watch(store.contents), anew: watch(ANEW) });
  });
  for (const { notes } of given) {
    for (const note of notes) {
      if ('content' in note) store.say(note);
      else report(note);
    }
  }
  return tableOf(given, memory);
}

interface Looking {
  readonly sectionOf: (ingress: Ingress) => TlsSection;
  readonly contents: Contents;
  readonly anew: typeof ANEW;
}

/** The TLS of a host by itself. */
function tlsOf({ host, plans }: HostDraft, { sectionOf, contents, anew }: Looking): HostTls {
  const none = { host, isChosen: false, id: undefined, covers: undefined, decision: undefined };
  if (host === DEFAULT_HOST) return { ...none, notes: NOTHING };
  const notes: (SecretUse | Finding)[] = [];
  const note: Note = each => notes.push(each);
  // One that dropped out gives its hosts no certificate, and so no redirect, as in the controller; what is wrong with
  // its Secrets is said all the same.
  const dropped = plans.filter(({ ingress, isDropped }) => isDropped && ingress.tls.length > 0);
  const owner = plans.find(({ ingress, isDropped }) => !isDropped && ingress.tls.length > 0)?.ingress;
  const isListed = owner === undefined || sectionOf(owner).listed.has(host);
  // What is said once an Ingress, and Secrets that are looked through in turn, are no matter of one host.
  if (dropped.length > 0 || !isListed) anew.get('once more');
  for (const { ingress } of dropped) sectionOf(ingress).noteAll(note);
  if (owner === undefined) return { ...none, notes: notes.length === 0 ? NOTHING : notes };
  const { entry, ...chosen } = choose(owner, host, { section: sectionOf(owner), contents, note });
  const isContested = entry?.secretName === '' && plans.some(plan => isRival(plan, owner, host));
  const decision = {
    ingress: owner,
    entry,
    isDefault: chosen.id === undefined,
    ...(isContested ? { isContested } : {}),
  };
  return { host, isChosen: true, ...chosen, decision, notes };
}

/** Whether another Ingress has a Secret for the host. */
function isRival({ ingress, isDropped }: IngressPlan, owner: Ingress, host: string): boolean {
  if (ingress === owner || isDropped) return false;
  return ingress.tls.some(
    ({ secretName, hosts }) => secretName !== '' && hosts.some(name => name.toLowerCase() === host),
  );
}

/** All hosts in one table. */
function tableOf(given: readonly HostTls[], memory: TlsMemory | undefined): TlsTable {
  const byHost = indexEach(memory?.byHost, given, ({ host }) => host);
  const ofWildcards = pickEach(memory?.wildcards, given, each =>
    each.isChosen && each.host.startsWith('*.') ? each : undefined,
  );
  const wildcards = new Map(ofWildcards.map(each => [each.host, each]));
  const ofWildcard = (host: string): HostTls | undefined =>
    wildcards.size === 0 ? undefined : wildcards.get(wildcardOf(host));
  return {
    ofHosts: {
      get(host) {
        const own = byHost.get(host);
        return own?.isChosen === true ? own : ofWildcard(host);
      },
    },
    certificateFor(host, name) {
      const own = byHost.get(host);
      return own?.covers?.(name) === true ? own.id : ofWildcard(name)?.id;
    },
    decisions: { get: host => byHost.get(host)?.decision },
  };
}
