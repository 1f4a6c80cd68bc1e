import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { EachMemory, PickMemory } from '../diagnostics/each.ts';
import { pickEach, rememberEach } from '../diagnostics/each.ts';
import { below } from '../diagnostics/place.ts';
import type { Table } from '../diagnostics/remember.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress, IngressTls } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { secretNameRef } from './certificates.ts';
import { isRequested } from './certificate-requests.ts';
import { splitTlsEntry, tlsEntryWithoutSecret, tlsHostWithoutRule, unusedCertificate } from './rules/certificates.ts';

/** Which Ingress decides on the certificate of a host, and with which entry of its `tls`; none of them may fit. */
export interface TlsDecision {
  readonly ingress: Ingress;
  readonly entry: IngressTls | undefined;
  /** Whether clients see the default certificate. */
  readonly isDefault: boolean;
  /** Another Ingress has a Secret for the host, which loses: that is said there. */
  readonly isContested?: true;
}

type DecisionOf = (host: string) => TlsDecision | undefined;

/** An Ingress with a `tls` section, and what became of it. */
interface Section {
  readonly ingress: Ingress;
  readonly hosts: ReadonlySet<string>;
  /** Those one label above the hosts. */
  readonly wildcards: ReadonlySet<string>;
  /** Whether an entry decides on each of the hosts. */
  readonly isDecided: boolean;
  readonly used: ReadonlySet<IngressTls>;
  readonly decisionOf: DecisionOf;
}

/** What was said of Ingresses, from one compilation to the next. */
export interface UnshownMemory {
  /** Those with such a section. */
  readonly asking: PickMemory<Ingress, Ingress>;
  readonly said: EachMemory<Ingress, undefined>;
}

interface Saying {
  readonly decisions: Table<string, TlsDecision | undefined>;
  /** There is a certificate for hosts without one. */
  readonly hasDefault: boolean;
  readonly report: Report;
}

/** Says of every Secret and host under `tls` that has no effect what has one in its place. */
export function reportUnshownCertificates(
  ingresses: readonly Ingress[],
  { decisions, hasDefault, report }: Saying,
  memory: UnshownMemory | undefined,
): void {
  const asking = pickEach(memory?.asking, ingresses, ingress =>
    ingress.tls.length === 0 || ingress.isRefused ? undefined : ingress,
  );
  rememberEach(memory?.said, asking, { facts: [hasDefault], tables: [decisions], report }, (ingress, watch, report) => {
    reportUnshown(ingress, { decisionOf: watch(decisions).get, hasDefault }, report);
    return undefined;
  });
}

/** Whether each entry has hosts, and decides on all of them, as most do: then there is nothing to say. */
function areAllShown({ tls }: Ingress, decisionOf: DecisionOf): boolean {
  return tls.every(
    entry =>
      entry.secretName !== '' && entry.hosts.length > 0 && entry.hosts.every(host => decisionOf(host)?.entry === entry),
  );
}

function reportUnshown(
  ingress: Ingress,
  { decisionOf, hasDefault }: { readonly decisionOf: DecisionOf; readonly hasDefault: boolean },
  report: Report,
): void {
  if (areAllShown(ingress, decisionOf)) return;
  const section = sectionOf(ingress, decisionOf);
  const split = findSplit(section);
  if (split !== undefined) report(split.finding);
  for (const entry of ingress.tls) {
    if (split?.entries.has(entry) === true) continue;
    const bare = hasDefault || isRequested(ingress) ? undefined : findBare(section, entry);
    for (const found of [findLoser(section, entry), findHostless(section, entry), findUnruled(section, entry), bare]) {
      if (found !== undefined) report(found);
    }
  }
}

function sectionOf(ingress: Ingress, decisionOf: DecisionOf): Section {
  const hosts = new Set(ingress.rules.map(rule => rule.host).filter(host => host !== ''));
  const wildcards = new Set<string>();
  const used = new Set<IngressTls>();
  let isDecided = true;
  for (const host of hosts) {
    wildcards.add(`*${host.slice(host.indexOf('.'))}`);
    const decision = decisionOf(host);
    if (decision?.entry === undefined) isDecided = false;
    if (decision?.ingress === ingress && decision.entry !== undefined) used.add(decision.entry);
  }
  return { ingress, hosts, wildcards, isDecided, used, decisionOf };
}

/** An entry with a Secret and one with hosts that were meant to be one: a dash too many. */
function findSplit({ ingress, used }: Section) {
  const secret = ingress.tls.find(entry => entry.secretName !== '' && entry.hosts.length === 0 && !used.has(entry));
  const hosts = ingress.tls.find(entry => entry.secretName === '' && entry.hosts.length > 0);
  if (secret === undefined || hosts === undefined) return undefined;
  const finding: Finding = {
    rule: splitTlsEntry,
    message: `the hosts of this entry have no Secret, and the Secret ${nameOf(ingress, secret)} of another entry has no hosts: the default certificate is used`,
    help: 'write `hosts` and `secretName` in one entry: one "-" for both',
    at: hosts.at,
    related: [{ message: 'the Secret is here', at: secretNameRef(secret) }],
  };
  return { finding, entries: new Set([secret, hosts]) };
}

/** A Secret for hosts on whose certificate another entry decides, of this Ingress or of another. */
function findLoser({ ingress, hosts, decisionOf }: Section, entry: IngressTls): Finding | undefined {
  if (entry.secretName === '') return undefined;
  const lost = entry.hosts
    .map(host => host.toLowerCase())
    .filter(host => hosts.has(host) && isOther(ingress, entry, decisionOf(host)));
  const winner = decisionOf(lost[0] ?? '');
  if (winner === undefined) return undefined;
  const isHarmless = winner.ingress !== ingress && !winner.isDefault;
  return {
    rule: unusedCertificate,
    message: `the Secret ${nameOf(ingress, entry)} is not used for ${quotedList(lost)}: ${reasonOf(ingress, winner)}`,
    help: helpAgainst(ingress, entry, winner),
    at: secretNameRef(entry),
    related: [{ message: 'this one decides', at: winner.entry?.at ?? refOf(winner.ingress, 'spec', 'tls') }],
    ...(isHarmless ? { severity: 'info' as const } : {}),
  };
}

/** What to type so that the Secret is used after all; where another one has its place, one of the two is too many. */
function helpAgainst(ingress: Ingress, { secretName }: IngressTls, { ingress: other, entry }: TlsDecision): string {
  const isNear = other.namespace === ingress.namespace;
  if (entry?.secretName === '' && isNear) return `write \`secretName: ${secretName}\` in the entry that decides`;
  if (entry === undefined && isNear)
    return `list the host with \`secretName: ${secretName}\` in the \`tls\` that decides`;
  return 'remove it, or the one that is used in its place';
}

function isOther(ingress: Ingress, entry: IngressTls, decision: TlsDecision | undefined): boolean {
  if (decision === undefined || decision.entry === entry) return false;
  return decision.entry === undefined
    ? decision.ingress !== ingress
    : nameOf(decision.ingress, decision.entry) !== nameOf(ingress, entry);
}

function reasonOf(ingress: Ingress, { ingress: other, entry, isDefault }: TlsDecision): string {
  const shown = isDefault ? ', and the default certificate is used' : '';
  const isOwn = other === ingress;
  const owner = isOwn ? 'an earlier entry of the Ingress' : `the Ingress ${keyOfObject(other.namespace, other.name)}`;
  if (entry === undefined) return `${owner} decides, whose entries fit none of its hosts${shown}`;
  if (entry.secretName === '') return `${owner} has the host without a Secret${shown}`;
  return `${owner} has the host with the Secret ${nameOf(other, entry)}${shown}`;
}

/** A Secret without hosts in an Ingress whose rules need none: they have no host, or all have their certificate. */
function findHostless({ ingress, hosts, isDecided, used }: Section, entry: IngressTls): Finding | undefined {
  if (entry.secretName === '' || entry.hosts.length > 0 || used.has(entry)) return undefined;
  if (!isDecided) return undefined;
  const name = nameOf(ingress, entry);
  const at = secretNameRef(entry);
  if (hosts.size > 0) {
    const message = `the Secret ${name} is not used: all hosts of the Ingress have their certificate from another entry`;
    return { rule: unusedCertificate, message, help: 'list under `hosts` what it is for, or remove it', at };
  }
  const message = `the Secret ${name} is never used: no rule of the Ingress has a host, and the default certificate is used`;
  const help = `add a host to the rule, or use the Secret for all hosts: --default-ssl-certificate ${name}`;
  return { rule: unusedCertificate, message, help, at };
}

/** Hosts under `tls` that no rule of the Ingress has: the controller gives certificates to hosts of rules only. */
function findUnruled({ ingress, hosts, wildcards, decisionOf }: Section, entry: IngressTls): Finding | undefined {
  if (entry.secretName === '') return undefined;
  const unruled = entry.hosts.filter(name => {
    const host = name.toLowerCase();
    if (hosts.has(host) || wildcards.has(host)) return false;
    const decision = decisionOf(host);
    return decision?.entry === undefined || nameOf(decision.ingress, decision.entry) !== nameOf(ingress, entry);
  });
  const [first] = unruled;
  if (first === undefined) return undefined;
  const [noun, them] = unruled.length === 1 ? ['host', 'it'] : ['hosts', 'them'];
  const message = `no rule of the Ingress has the ${noun} ${quotedList(unruled)} of this entry: the Secret ${nameOf(ingress, entry)} is not used for ${them}`;
  return {
    rule: tlsHostWithoutRule,
    message,
    help: `add a rule with \`host: "${first}"\`, or remove the host from the entry`,
    at: below(entry.at, 'hosts', entry.hosts.indexOf(first)),
    ...(unruled.length === entry.hosts.length ? {} : { severity: 'info' as const }),
  };
}

/** Hosts that get the default certificate, since their entry names no Secret. */
function findBare({ decisionOf }: Section, entry: IngressTls): Finding | undefined {
  if (entry.secretName !== '') return undefined;
  const bare = entry.hosts.filter(name => {
    const decision = decisionOf(name.toLowerCase());
    return decision?.entry === entry && decision.isContested !== true;
  });
  if (bare.length === 0) return undefined;
  const verb = bare.length === 1 ? 'has' : 'have';
  return {
    rule: tlsEntryWithoutSecret,
    message: `${quotedList(bare)} ${verb} the default certificate: the entry names no Secret`,
    help: 'add a `secretName`; if the default certificate is meant, name it with --default-ssl-certificate',
    at: entry.at,
  };
}

function nameOf({ namespace }: Ingress, { secretName }: IngressTls): string {
  return keyOfObject(namespace, secretName);
}

function quotedList(hosts: readonly string[]): string {
  return listed(hosts.map(host => `"${host}"`));
}
