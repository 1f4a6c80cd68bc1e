import type { Routing } from '../../routing/model.ts';
import { handshakeName } from '../../routing/host-name.ts';
import { matchServer } from '../../routing/match-server.ts';
import type { RequestUri } from '../../routing/request-uri.ts';
import { readTarget } from '../../routing/request-uri.ts';
import { atServerIn, boundOf } from './bound.ts';
import type { BoundAtServer } from './bound.ts';
import { pageEnd } from './error-page.ts';
import { sharingErrors } from './shared-errors.ts';
import { passed, problemOfMethod, refusedByTls, serverStep, tlsStep } from './entrance.ts';
import type { AtServer } from './explainer.ts';
import { unframed } from './framing.ts';
import { EXPLAINERS } from './explainers.ts';
import { findLocation } from './locating.ts';
import type { AskedRequest, Explanation, Outcome, SetHeader, Step, StepName } from './model.ts';
import { droppedEffect } from './policies/received.ts';
import { clientOf } from './request-headers.ts';
import { sortedHeaders } from './backend-headers.ts';
import { readable } from './readable.ts';
import { step } from './step.ts';
import type { End, Trail } from './trail.ts';
import { answered, follow, newTrail } from './trail.ts';

/** What happens to a request, from the routing alone, in the order in which nginx does it. */
export function explain(routing: Routing, request: AskedRequest): Explanation {
  const trail = newTrail();
  const { outcome, advice } = endOf(routing, request, trail);
  const responseHeaders = sortedHeaders(responseOf(trail, outcome));
  return readable({ request, steps: inOrder(trail.steps), outcome, responseHeaders, advice });
}

/** nginx tells browsers to use HTTPS only where it has chosen a location. See templates/policies/hsts.http.conf. */
function responseOf({ response }: Trail, outcome: Outcome): readonly SetHeader[] {
  const isEarly = outcome.kind === 'answer' && outcome.page === undefined && WITHOUT_HSTS.has(outcome.status);
  return isEarly ? response.filter(({ name }) => name !== 'Strict-Transport-Security') : response;
}

const WITHOUT_HSTS: ReadonlySet<number> = new Set([400, 405, 414, 421, 501, 505]);

/** What happens once a backend has been chosen comes last, in whatever phase it is asked for. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps.filter(({ name }) => !AT_LAST.has(name)), ...steps.filter(({ name }) => AT_LAST.has(name))];
}

const AT_LAST: ReadonlySet<StepName> = new Set(['mirror', 'response', 'errors']);

function endOf(routing: Routing, request: AskedRequest, trail: Trail): End {
  trail.steps.push(listenerStep(routing, request));
  const { scheme, host } = request;
  const found = matchServer(routing, { scheme, host, sni: scheme === 'https' ? handshakeName(host) : undefined });
  switch (found.kind) {
    case 'rejected':
      return refusedByTls(found.reason, trail);
    case 'passed':
      return passed(found.passthrough, trail);
    case 'unclear':
      return { outcome: { kind: 'unclear', reason: found.reason }, advice: [] };
    case 'refused':
      return refused(found.status, found.reason, trail);
    case 'server': {
      if (found.tls !== undefined) trail.steps.push(tlsStep(found.tls, request, routing));
      const uri = readTarget(request.target);
      if (uri.kind === 'refused') return refused(400, uri.reason, trail);
      const problem = problemOfMethod(request.method);
      if (problem !== undefined) return refused(400, problem, trail);
      trail.steps.push(serverStep(found));
      const clientIp = clientOf(request, routing);
      const at = { request, routing, server: found.server, path: uri.path, query: uri.query, clientIp };
      return atServer(at, uri, trail);
    }
  }
}

/** What nginx reads of a request before it looks at any location. */
function refused(status: number, reason: string, trail: Trail): End {
  trail.steps.push(step('server', 'answered', `${status}: ${reason}`));
  return answered(status, reason);
}

function listenerStep({ listeners }: Routing, { scheme }: AskedRequest): Step {
  const { httpPort, httpsPort, takesProxyProtocol } = listeners;
  const text = scheme === 'https' ? `port ${httpsPort}, HTTPS` : `port ${httpPort}, plain HTTP`;
  const details = takesProxyProtocol === true ? ['connections begin with a PROXY protocol header'] : [];
  return step('listener', 'chose', text, { details });
}

/** What of all hosts stands behind what a server says itself. */
const BEHIND_SERVERS = 'serverSnippet';

/** What stands in the server is run before a location is chosen: that of all hosts first. */
function atServer(at: AtServer, uri: RequestUri, trail: Trail): End {
  const { routing, server } = at;
  const { method } = at.request;
  const framing = unframed(at.request);
  if (framing !== undefined) {
    const { status, reason } = framing;
    trail.steps.push(step('server', 'answered', `${status}: ${reason}`));
    return serverPageEnd(answered(status, reason), at, trail);
  }
  if (NEVER_TAKEN.has(method)) {
    const reason = `nginx takes no ${method} requests`;
    trail.steps.push(step('server', 'answered', `405: ${reason}`));
    return serverPageEnd(answered(405, reason), at, trail);
  }
  const ofAll = boundOf(EXPLAINERS.http, routing.http);
  const bound = [
    ...ofAll.filter(({ name }) => name !== BEHIND_SERVERS),
    ...boundOf(EXPLAINERS.server, server.policies),
    ...ofAll.filter(({ name }) => name === BEHIND_SERVERS),
  ];
  let current = at;
  const dropped = droppedEffect(at);
  if (dropped !== undefined) follow(dropped, undefined, trail);
  for (const phase of ['connection', 'server'] as const) {
    for (const each of atServerIn(bound, phase)) {
      const ended = run(each, current, trail);
      if (ended.end !== undefined) return phase === 'server' ? serverPageEnd(ended.end, current, trail) : ended.end;
      current = ended.at;
    }
  }
  return findLocation(current, current === at ? uri : undefined, trail);
}

/** What is answered at a server, with the page that all of its locations have for the status. */
function serverPageEnd(end: End, at: AtServer, trail: Trail): End {
  const location = sharingErrors(at.server, at.routing);
  if (location === undefined) return end;
  const paged = pageEnd(end, { ...at, location, groups: [] }, trail);
  const { outcome } = paged;
  if (outcome.kind !== 'answer' || outcome.page === undefined) return paged;
  const headers = outcome.page.headers.filter(({ name }) => !OF_LOCATION.has(name));
  return { ...paged, outcome: { ...outcome, page: { ...outcome.page, headers } } };
}

/** What a page is told of the location, which nginx has not come to. */
const OF_LOCATION: ReadonlySet<string> = new Set(['X-Namespace', 'X-Ingress-Name', 'X-Service-Name', 'X-Service-Port']);

/** nginx takes no such requests. Source: nginx, ngx_http_process_request_header. */
const NEVER_TAKEN: ReadonlySet<string> = new Set(['CONNECT', 'TRACE']);

function run(
  { effects, from }: BoundAtServer,
  at: AtServer,
  trail: Trail,
): { readonly at: AtServer; readonly end?: End } {
  let current = at;
  for (const effect of effects(at)) {
    const end = follow(effect, from, trail);
    if (end !== undefined) return { at, end };
    if (effect.uri !== undefined) current = { ...current, path: effect.uri.path, query: effect.uri.query };
  }
  return { at: current };
}
