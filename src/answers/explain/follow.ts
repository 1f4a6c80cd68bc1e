import { matchServer } from '../../routing/match-server.ts';
import type { Routing } from '../../routing/model.ts';
import { explain } from './explain.ts';
import type { AskedRequest, Explanation } from './model.ts';
import { MOST_REDIRECTS, redirected } from './redirected.ts';

/** What a client finds that follows redirects. */
export interface Followed {
  /** Of each request, one after the other. */
  readonly explanations: readonly [Explanation, ...Explanation[]];
  /**
   * - `answered`: the last answer is no redirect.
   * - `left`: it leads to a host that the manifests do not have.
   * - `loop`: it leads to a URL that has been asked for, or there is no end to it.
   * - `unreadable`: its Location is no URL of HTTP.
   */
  readonly end: 'answered' | 'left' | 'loop' | 'unreadable';
}

/** Follows redirects as long as they lead to hosts of the routing. */
export function followRedirects(routing: Routing, request: AskedRequest): Followed {
  const explanations: [Explanation, ...Explanation[]] = [explain(routing, request)];
  const known = new Set([keyOf(request)]);
  let [last] = explanations;
  for (;;) {
    const next = nextRequest(last);
    if (next === undefined || next === 'unreadable') {
      return { explanations, end: next === undefined ? 'answered' : next };
    }
    if (!isServed(routing, next)) return { explanations, end: 'left' };
    if (known.has(keyOf(next)) || known.size > MOST_REDIRECTS) return { explanations, end: 'loop' };
    known.add(keyOf(next));
    last = explain(routing, next);
    explanations.push(last);
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function nextRequest({ request, outcome }: Explanation): AskedRequest | 'unreadable' | undefined {
  if (outcome.kind !== 'answer' || outcome.url === undefined || !REDIRECTS.has(outcome.status)) return undefined;
  return redirected(request, outcome.status, outcome.url) ?? 'unreadable';
}

function keyOf({ method, scheme, host, target }: AskedRequest): string {
  return `${method} ${scheme}://${host.toLowerCase()}${target}`;
}

/** Whether an Ingress has the host. */
function isServed(routing: Routing, { host }: AskedRequest): boolean {
  const found = matchServer(routing, { scheme: 'http', host, sni: undefined });
  return found.kind !== 'server' || found.by !== 'default';
}
