import { listed } from '../../diagnostics/words.ts';
import { peerTexts } from '../../routing/peer-texts.ts';
import type { Destination, Peers, Target, Upstream } from '../../routing/model.ts';
import type { Cause } from '../explain/model.ts';
import { splitAnswer } from '../shares.ts';
import type { ChangeKind } from './kinds.ts';
import type { ChangeSide } from './model.ts';
import { canonical } from './plain.ts';
import type { Pair } from './policies.ts';
import { diffPolicies } from './policies.ts';
import type { RoutingView } from './view.ts';
import { isSame, serviceNamed } from './view.ts';

/** How the ends of a route differ; `subject` is the Service whose upstream it is about. */
export interface TargetChange {
  readonly kind: ChangeKind;
  readonly subject?: string;
  readonly before: ChangeSide;
  readonly after: ChangeSide;
}

interface Ends {
  readonly views: Pair<RoutingView>;
  readonly whose: Pair<readonly Cause[]>;
}

/** Where a target leads, in a few words. */
export function targetWords(target: Target, view: RoutingView): string {
  switch (target.kind) {
    case 'status':
      return `${target.code} (${target.reason})`;
    case 'redirect':
      return `${target.code} to ${target.to.kind === 'url' ? target.to.url : `the same URL of ${target.to.host}`}`;
    case 'proxy':
      return destinationWords(target.to, view);
  }
}

function destinationWords({ kind, name }: Destination, view: RoutingView): string {
  const split = kind === 'split' ? view.splits.get(name) : undefined;
  if (split === undefined) return serviceNamed(view, name);
  const { shares, decidedBy } = splitAnswer(split);
  const text = shares.map(({ upstream, percent }) => `${serviceNamed(view, upstream)} ${percent}%`).join(', ');
  const rules = split.rules.map(({ when: { of, name: key, is }, to }) => {
    const value = is.kind === 'text' ? is.text : `~ ${is.regex}`;
    return `${of} ${key}: ${value} to ${serviceNamed(view, to)}`;
  });
  return decidedBy.length === 0 ? text : `${text}; ${rules.join(', ')}`;
}

/** What differs in where a route leads: the end itself, or else what is known of its upstreams. */
export function diffTargets({ before, after }: Pair<Target>, ends: Ends): readonly TargetChange[] {
  const { views, whose } = ends;
  const texts = { before: targetWords(before, views.before), after: targetWords(after, views.after) };
  if (!isSameEnd({ before, after }, views)) {
    const side = (at: 'before' | 'after'): ChangeSide => ({
      text: texts[at],
      causes: askersOf({ before, after }[at]) ?? whose[at],
    });
    return [{ kind: kindOfEnds({ before, after }), before: side('before'), after: side('after') }];
  }
  if (before.kind !== 'proxy' || after.kind !== 'proxy') return [];
  return diffDestinations({ before: before.to, after: after.to }, ends);
}

function askersOf(target: Target): readonly Cause[] | undefined {
  return target.kind === 'redirect' ? target.from?.map(asker => ({ kind: 'asker', asker })) : undefined;
}

/** Of what nginx answers itself, the reason is not for clients. */
function isSameEnd({ before, after }: Pair<Target>, views: Pair<RoutingView>): boolean {
  if (before.kind === 'status' && after.kind === 'status') return before.code === after.code;
  return isSame(goalOf(before), goalOf(after), views) || isSamePort({ before, after }, views);
}

/** Without who asked for it. */
function goalOf(target: Target): unknown {
  return target.kind === 'redirect' ? { code: target.code, to: target.to } : target;
}

/** A port of a Service that is named by its number on one side, and by its name on the other. */
function isSamePort({ before, after }: Pair<Target>, views: Pair<RoutingView>): boolean {
  if (before.kind !== 'proxy' || after.kind !== 'proxy') return false;
  const [was, is] = [views.before.upstreams.get(before.to.name), views.after.upstreams.get(after.to.name)];
  if (was?.service === undefined || is?.service === undefined) return false;
  const plain = (service: string): string => service.replace(/:[^:]*$/, '');
  return plain(was.service) === plain(is.service) && canonical(placesOf(was.peers)) === canonical(placesOf(is.peers));
}

function kindOfEnds({ before, after }: Pair<Target>): ChangeKind {
  if (after.kind === 'status') return 'closed-route';
  if (before.kind === 'status') return 'opened-route';
  if (before.kind === 'redirect') return after.kind === 'redirect' ? 'redirect-changed' : 'moved-route';
  if (after.kind === 'redirect') return 'moved-route';
  return before.to.kind === 'split' || after.to.kind === 'split' ? 'canary-changed' : 'moved-route';
}

/** What differs in the upstreams behind two destinations that lead to the same Services. */
export function diffDestinations({ before, after }: Pair<Destination>, ends: Ends): readonly TargetChange[] {
  const [one] = upstreamsOf(before, ends.views.before);
  const [other] = upstreamsOf(after, ends.views.after);
  if (before.kind === 'upstream' && after.kind === 'upstream' && one !== undefined && other !== undefined)
    return diffUpstreams({ before: one, after: other }, ends);
  const others = new Map(upstreamsOf(after, ends.views.after).map(each => [each.service ?? each.name, each]));
  return upstreamsOf(before, ends.views.before).flatMap(each => {
    const same = others.get(each.service ?? each.name);
    return same === undefined ? [] : diffUpstreams({ before: each, after: same }, ends);
  });
}

function upstreamsOf({ kind, name }: Destination, view: RoutingView): readonly Upstream[] {
  const split = kind === 'split' ? view.splits.get(name) : undefined;
  const names = split === undefined ? [name] : [...split.rules, ...split.shares].map(({ to }) => to);
  return [...new Set(names)].flatMap(each => view.upstreams.get(each) ?? []);
}

function diffUpstreams({ before, after }: Pair<Upstream>, { views, whose }: Ends): readonly TargetChange[] {
  const subject = after.service ?? after.name;
  const causes = { before: causesOf(before, whose.before), after: causesOf(after, whose.after) };
  const changes: TargetChange[] = [];
  const add = (kind: ChangeKind, was: string, is: string): void => {
    changes.push({
      kind,
      subject,
      before: { text: was, causes: causes.before },
      after: { text: is, causes: causes.after },
    });
  };
  const protocols = { before: before.protocol ?? 'http', after: after.protocol ?? 'http' };
  if (protocols.before !== protocols.after) add('protocol-changed', protocols.before, protocols.after);
  if (!isSame(placesOf(before.peers), placesOf(after.peers), views)) {
    add('endpoints-changed', peerWords(before.peers), peerWords(after.peers));
  }
  const policies = diffPolicies(
    'upstream',
    { before: before.policies, after: after.policies },
    { views, whose: causes },
  );
  return [...changes, ...policies.map(change => ({ ...change, subject }))];
}

function causesOf({ from }: Upstream, others: readonly Cause[]): readonly Cause[] {
  return from.length === 0 ? others : from.map(at => ({ kind: 'field', at }));
}

/** Where they are: how many are not ready is nothing that a client gets. */
function placesOf(peers: Peers): unknown {
  return peers.kind === 'addresses' ? peers.addresses : peers;
}

const MOST_PEERS = 4;

export function peerWords(peers: Peers): string {
  return listed(peerTexts(peers), MOST_PEERS);
}
