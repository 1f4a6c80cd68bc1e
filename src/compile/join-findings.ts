import { annotationRef, annotationText } from '../annotations/annotation-ref.ts';
import type { Related, Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below, keyOf, objectText } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { HostDraft } from './hosts.ts';
import { keyOfPath, shownHost } from './hosts.ts';
import type { Party, Wish } from './joins.ts';
import type { IngressPlan } from './plan.ts';
import type { Owned } from './service-owners.ts';
import { canaryWithoutEffect, canaryWithoutMain, ignoredByCanary } from './rules/canary.ts';

function nameOf({ ingress }: Pick<Party, 'ingress'>): string {
  return objectText(ingress);
}

function isHere(party: Pick<Party, 'ingress'>, at: Related['at']): Related {
  return { message: `${nameOf(party)} is here`, at };
}

/** Says that nobody but those who take a share have the host. */
export function reportNoHost({ rule, host, at }: Wish, report: Report): void {
  report({
    rule: canaryWithoutMain,
    message: `a canary needs an Ingress whose requests it shares, and no other has the host ${host}`,
    help: 'add that Ingress to the input, or correct the host; a canary must have the same text',
    at: rule === undefined ? at : below(rule.at, 'host'),
  });
}

/** Says that the host has no path that this one could share. */
export function reportNoPath(wish: Wish, draft: HostDraft, report: Report): void {
  const { item, key, at } = wish;
  if (item === undefined) {
    const loss = `the canary ${key} gets no requests, not even those of its paths`;
    const message = `a canary with a defaultBackend shares the default server, which leads to no Service: ${loss}`;
    report({ rule: canaryWithoutMain, message, help: 'add an Ingress without host, or name host and path', at });
    return;
  }
  const isExact = item.pathType === 'Exact';
  const path = item.path === '' ? '/' : item.path;
  const same = draft.paths.get(keyOfPath(path, !isExact));
  const other = same?.origin === 'rule' ? same : undefined;
  const [holder] = other?.from ?? [];
  const type = isExact ? 'Exact' : 'Prefix';
  report({
    rule: canaryWithoutMain,
    message: `no other Ingress has the ${type} path "${path}" of ${shownHost(draft)}: the canary ${key} gets no requests, not even those of other paths`,
    help:
      other === undefined
        ? 'correct the path, or remove it; a canary must have the same text and pathType'
        : `write pathType: ${other.isExact ? 'Exact' : 'Prefix'}, as the path that it shares has`,
    at,
    related: holder === undefined ? [] : [{ message: `"${path}" is here`, at: holder.field }],
  });
}

/** Says of Services that belong to another Ingress whose rules count. */
export function reportForeignServices(
  wishes: readonly Wish[],
  owners: ReadonlyMap<string, Owned<Party>>,
  report: Report,
): void {
  const said = new Set<string>();
  for (const { party, key, at } of wishes) {
    const owner = owners.get(key)?.owner;
    const mark = `${nameOf(party)} ${key}`;
    if (owner === undefined || owner.ingress === party.ingress || said.has(mark)) continue;
    said.add(mark);
    const message =
      owner.share === undefined
        ? `the canary gets no requests, since ${nameOf(owner)} is no canary and leads to its Service ${key}`
        : `the canary rules of ${nameOf(owner)} count instead of these, since both have the Service ${key}`;
    const help =
      owner.share === undefined ? 'give the canary a Service of its own' : 'give each canary a Service of its own';
    report({ rule: canaryWithoutEffect, message, help, at, related: [isHere(owner, firstPlace(owner))] });
  }
}

function firstPlace({ ingress: { rules, defaultBackend, document } }: Pick<Party, 'ingress'>): Related['at'] {
  return defaultBackend?.at ?? rules[0]?.at ?? { document, path: ['spec'] };
}

/** Of several that want a share of one Service only the first gets it. Said once for two Ingresses. */
export function reportLosers(
  byMain: ReadonlyMap<string, readonly Wish[]>,
  lost: ReadonlySet<string>,
  report: Report,
): void {
  const said = new Set<string>();
  for (const [main, [first, ...others]] of byMain) {
    if (first === undefined) continue;
    for (const loser of others) {
      const mark = `${nameOf(loser.party)} ${nameOf(first.party)}`;
      if (lost.has(loser.key) || said.has(mark)) continue;
      said.add(mark);
      reportLoser({ main, first, loser }, report);
    }
  }
}

interface Conflict {
  readonly main: string;
  readonly first: Wish;
  readonly loser: Wish;
}

/** What two weights of one total come to, if that is more than there is. */
function sumText({ share: one }: Party, { share: other }: Party): string {
  if (one === undefined || other === undefined || one === other || one.of !== other.of) return '';
  const sum = one.parts + other.parts;
  return sum > one.of ? `, and the weights of both add up to ${sum} of ${one.of}` : '';
}

function reportLoser({ main, first, loser: { party, key, at } }: Conflict, report: Report): void {
  const isSame = party.ingress === first.party.ingress;
  const winner = isSame ? `the Service ${first.key}` : `the canary ${nameOf(first.party)}`;
  report({
    rule: canaryWithoutEffect,
    message: `the canary ${key} gets no requests of ${main}, since ${winner} comes first: only one takes a share${sumText(first.party, party)}`,
    help: isSame
      ? 'lead all paths of the canary that share one Service to one Service'
      : 'remove one of the two canaries',
    at,
    related: isSame ? [] : [isHere(first.party, first.at)],
  });
}

/** What an Ingress says, with its place. */
interface Said {
  readonly name: string;
  readonly at: FieldRef;
}

/** What has no effect, since it is a share: what its main Ingress says as well is no loss. */
function withoutEffect({ ingress, ignored }: Party, main: Ingress): readonly Said[] {
  const annotations = ignored
    .filter(name => annotationText(ingress, name) !== annotationText(main, name))
    .map(name => ({ name, at: keyOf(annotationRef(ingress, name)) }));
  const hasTls = ingress.tls.length > 0 && main.tls.length === 0;
  return hasTls ? [...annotations, { name: 'tls', at: keyOf(refOf(ingress, 'spec', 'tls')) }] : annotations;
}

/** Says which annotations of a share, and which `tls`, have no effect. */
export function reportIgnored(party: Party, main: Pick<IngressPlan, 'ingress'>, report: Report): void {
  const [first, ...others] = withoutEffect(party, main.ingress);
  if (first === undefined) return;
  const [verb, object] = others.length === 0 ? ['has', 'it'] : ['have', 'them'];
  report({
    rule: ignoredByCanary,
    message: `${listed([first, ...others].map(({ name }) => name))} ${verb} no effect on a canary: ${nameOf(main)} decides`,
    help: `remove ${object}, or write ${object} on ${nameOf(main)}`,
    at: first.at,
    related: others.map(({ name, at }) => ({ message: `${name} is here`, at })),
  });
}
