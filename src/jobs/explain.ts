import type { AskedRequest, Explanation } from '../answers/explain/model.ts';
import { explain } from '../answers/explain/explain.ts';
import type { Followed } from '../answers/explain/follow.ts';
import { followRedirects } from '../answers/explain/follow.ts';
import { atPort } from '../answers/explain/asked-port.ts';
import type { Unread } from '../answers/explain/incomplete.ts';
import { unreadIn } from '../answers/explain/incomplete.ts';
import type { PlacedExplanation } from '../answers/explain/placed.ts';
import { placeCauses } from '../answers/explain/placed.ts';
import { keyOfObject } from '../cluster/object-name.ts';
import { namesLike } from '../compile/concerned.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { handshakeName, readHost } from '../routing/host-name.ts';
import { matchServer } from '../routing/match-server.ts';
import type { Routing } from '../routing/model.ts';
import type { Concerns } from './load.ts';
import type { Loaded } from './loaded.ts';

export interface ExplainRequest {
  readonly request: AskedRequest;
  /** Redirects are followed as long as they lead to hosts of the manifests. */
  readonly follows: boolean;
  /** That the URL names, where it is not the usual one of its scheme. */
  readonly port?: number | undefined;
}

export interface ExplainAnswer {
  /** One, or with redirects one for each request, in their order. */
  readonly explanations: readonly [PlacedExplanation, ...PlacedExplanation[]];
  /** What ended the redirects; missing where nobody follows them. */
  readonly end?: Followed['end'];
  /** What of the manifests could not be read; missing where all could. */
  readonly incomplete?: readonly Unread[];
}

/** What of an input it takes to explain a request; undefined where redirects may lead to any host of it. */
export function concernsOf({ request, follows }: ExplainRequest): Concerns | undefined {
  const host = readHost(request.host);
  if (follows || host === undefined) return undefined;
  // Advice on a host that no Ingress has names others.
  const isEnough = (routing: Routing): boolean => {
    const found = matchServer(routing, { ...request, sni: handshakeName(request.host) });
    return found.kind === 'passed' || (found.kind === 'server' && found.server.host !== '_');
  };
  return { hosts: [host], isEnough };
}

/** What happens to a request, with the places of what is behind each step. */
export function explainLoaded(loaded: Loaded, { request, follows, port }: ExplainRequest): ExplainAnswer {
  const { routing, locate, diagnostics } = loaded;
  const unread = unreadIn(diagnostics, locate);
  const incomplete = unread.length === 0 ? {} : { incomplete: unread };
  const place = (each: Explanation): PlacedExplanation => placeCauses(withSkipped(each, loaded), locate);
  const here = port === undefined ? undefined : atPort(explain(routing, request), port, routing.listeners);
  const isRefused = here?.steps[0]?.verdict === 'answered';
  if (!follows) return { ...incomplete, explanations: [place(here ?? explain(routing, request))] };
  if (here !== undefined && isRefused) return { ...incomplete, explanations: [place(here)], end: 'answered' };
  const { explanations, end } = followRedirects(routing, request);
  const [first, ...others] = explanations;
  return { ...incomplete, explanations: [place(here ?? first), ...others.map(place)], end };
}

/** Where nothing is found, an Ingress that is not served may be why: first of all one of the host. */
function withSkipped(explanation: Explanation, loaded: Loaded): Explanation {
  const { outcome, advice, request } = explanation;
  const { leftOut, routing } = loaded;
  if (outcome.kind !== 'answer' || outcome.status !== 404 || leftOut.length === 0) return explanation;
  const ofHost = leftOutOfHost(loaded, request.host);
  if (ofHost.length > 0) return { ...explanation, advice: [skippedText(ofHost), ...advice] };
  if (concernsOf({ request, follows: false })?.isEnough(routing) === true) return explanation;
  const isNobodyServed = routing.servers.every(({ host }) => host === '_');
  const all = skippedText(leftOut);
  return { ...explanation, advice: isNobodyServed ? [all, ...advice] : [...advice, all] };
}

function skippedText(leftOut: Loaded['leftOut']): string {
  return `Not served: ${listed(leftOut.map(({ ingress, reason }) => `Ingress ${ingress}, since ${reason}`))}`;
}

function leftOutOfHost({ leftOut, ingresses }: Loaded, sent: string): Loaded['leftOut'] {
  const names = new Set(['', ...namesLike(readHost(sent) ?? '')]);
  const hasName = ({ rules }: Ingress): boolean => rules.some(({ host }) => names.has(host));
  const ofHost = new Set(ingresses.filter(hasName).map(({ namespace, name }) => keyOfObject(namespace, name)));
  return leftOut.filter(({ ingress }) => ofHost.has(ingress));
}
