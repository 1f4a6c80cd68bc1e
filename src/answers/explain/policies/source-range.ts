import { listed } from '../../../diagnostics/words.ts';
import type { Askers } from '../../../routing/policies.ts';
import type { AccessStatement, Statement } from '../../../routing/snippets.ts';
import { isWithin } from '../../../routing/networks.ts';
import { unseenBehind } from '../../../routing/real-ip.ts';
import { askerNamed, askerText, causesOf } from '../asking.ts';
import type { AtServer, Effect, OnTheWay } from '../explainer.ts';
import { headerOf, isBelieved } from '../received.ts';

/** Lines of nginx that let an address in or keep it out, and who asks for them. */
interface Rules {
  readonly rules: readonly Rule[];
  readonly from: Askers;
}

type Rule = Pick<AccessStatement, 'isAllowed' | 'network'>;

/** What an address comes to: `none` where no rule names it. */
export interface AddressCheck {
  readonly finding: 'allowed' | 'denied' | 'none' | 'unknown';
  readonly effect: Effect;
}

const deny = (network: string): Rule => ({ isAllowed: false, network });
const allow = (network: string): Rule => ({ isAllowed: true, network });

/** Looks for the address of the client in the lists of its location; undefined where there are none. */
export function checkAddress(at: OnTheWay): AddressCheck | undefined {
  const found = rulesFor(at);
  return found && checkRules(found, at);
}

function checkRules(found: Rules, at: AtServer): AddressCheck {
  const { rules, from } = found;
  const { clientIp } = at;
  const causes = causesOf(from);
  if (clientIp === undefined) return { finding: 'unknown', effect: { ...unknownClient(found), causes } };
  const first = rules.find(({ network }) => isWithin(clientIp, network));
  if (first === undefined) {
    const text = `${clientIp} is not kept out: ${listText(found)}`;
    return { finding: 'none', effect: { name: 'access', verdict: 'passed', text, causes } };
  }
  if (first.isAllowed) {
    const text = `${clientIp} is let in: it is in ${first.network} (${askerText(askerNamed(from, ALLOW))})`;
    return { finding: 'allowed', effect: { name: 'access', verdict: 'passed', text, causes } };
  }
  return { finding: 'denied', effect: { ...refusal(clientIp, first, found, at), causes } };
}

/** The same for the lines of a location that a snippet has by itself. */
export function checkSnippetAddress(statements: readonly Statement[], from: Askers, at: AtServer): Effect | undefined {
  const rules = accessIn(statements, at);
  return rules.length === 0 ? undefined : checkRules({ rules, from }, at).effect;
}

const ALLOW = /allow|white|snippet/;
const DENY = /deny|block|snippet/;

function refusal(clientIp: string, { network }: Rule, { rules, from }: Rules, at: AtServer): Effect {
  const isUnseen = unseenBehind(at.routing).includes(network);
  const allowed = rules.filter(({ isAllowed }) => isAllowed).map(each => each.network);
  const asker = askerText(askerNamed(from, network === 'all' ? ALLOW : DENY));
  const reason = isUnseen
    ? `${clientIp} is a trusted proxy, and nginx cannot tell who asks behind it`
    : network === 'all'
      ? `${clientIp} is not in ${asker}, which lets in ${listed(allowed, MOST_NETWORKS) || 'nobody'}`
      : `${clientIp} is in ${network}, which ${asker} keeps out`;
  const change = network === 'all' ? `Add ${clientIp} or its network to ${asker}` : `Take ${network} out of ${asker}`;
  return {
    name: 'access',
    verdict: 'answered',
    text: reason,
    details: seenAs(at),
    answer: { status: 403, reason },
    advice: [change, ...proxyAdvice(at)],
  };
}

const MOST_NETWORKS = 8;

/** Why this address, and not another one that the request names. */
function seenAs({ request, routing, clientIp }: AtServer): readonly string[] {
  const said = headerOf('X-Forwarded-For', request, routing);
  if (clientIp !== request.clientIp)
    return [`${request.clientIp ?? ''} is a trusted proxy, which names ${clientIp ?? ''}`];
  if (said === undefined || routing.http.forwarded?.asks.trusted !== undefined) return [];
  return [`X-Forwarded-For: ${said} does not count: use-forwarded-headers is off`];
}

/** The usual reason for an address that nobody expects. */
function proxyAdvice({ request, clientIp, routing }: AtServer): readonly string[] {
  const trusted = routing.http.forwarded?.asks.trusted;
  if (clientIp !== request.clientIp || trusted !== undefined || isBelieved(routing)) return [];
  return [
    `If ${clientIp ?? 'this'} is the address of a load balancer or a node, let nginx see the client: set use-forwarded-headers and proxy-real-ip-cidr in the controller's ConfigMap, or externalTrafficPolicy: Local on its Service`,
  ];
}

function unknownClient(found: Rules): Effect {
  return {
    name: 'access',
    verdict: 'assumed',
    text: `the client is taken for one that is let in: ${listText(found)}`,
    details: ['others get 403; name an address with --client-ip'],
  };
}

function listText({ rules, from }: Rules): string {
  const allowed = rules.filter(({ isAllowed }) => isAllowed).map(({ network }) => network);
  const denied = rules
    .filter(({ isAllowed, network }) => !isAllowed && network !== 'all')
    .map(({ network }) => network);
  const closes = rules.some(({ isAllowed, network }) => !isAllowed && network === 'all');
  return [
    ...(closes ? [`${askerText(askerNamed(from, ALLOW))} lets in ${listed(allowed, MOST_NETWORKS) || 'nobody'}`] : []),
    ...(denied.length > 0 ? [`${askerText(askerNamed(from, DENY))} keeps out ${listed(denied, MOST_NETWORKS)}`] : []),
  ].join('; ');
}

/** Those of the location, else those of its server, else those of all hosts: nginx takes the nearest alone. */
function rulesFor(at: OnTheWay): Rules | undefined {
  const { location, server, routing } = at;
  const { sourceRange, configurationSnippet } = location.policies;
  const own = sourceRange === undefined ? [] : listRules(sourceRange.asks, at);
  const written = accessIn(configurationSnippet?.asks.statements ?? [], at);
  const ofLocation = joined([
    [own, sourceRange?.from],
    [written, configurationSnippet?.from],
  ]);
  if (ofLocation !== undefined) return ofLocation;
  const [ofHost, ofAll] = [server.policies.serverSnippet, routing.http.serverSnippet];
  const ofServer = joined([
    [accessIn(ofHost?.asks.statements ?? [], at), ofHost?.from],
    [accessIn(ofAll?.asks.statements ?? [], at), ofAll?.from],
  ]);
  const all = routing.http.sourceRange;
  return ofServer ?? joined([[all === undefined ? [] : listRules(all.asks, at), all?.from]]);
}

function joined(parts: readonly (readonly [readonly Rule[], Askers | undefined])[]): Rules | undefined {
  const [first, ...others] = parts.flatMap(([rules, from]) => (rules.length > 0 && from !== undefined ? [from] : []));
  if (first === undefined) return undefined;
  return { rules: parts.flatMap(([rules]) => rules), from: [first[0], ...first.slice(1), ...others.flat()] };
}

/** As src/nginx/policies/source-range.ts writes them. */
function listRules(
  { denied, allowed }: { readonly denied: readonly string[]; readonly allowed?: readonly string[] },
  { routing }: AtServer,
): readonly Rule[] {
  const kept = [...unseenBehind(routing), ...denied].map(deny);
  return allowed === undefined ? kept : [...kept, ...allowed.map(allow), deny('all')];
}

/** The rules that a snippet has for this method: those of `limit_except` take the place of all others. */
function accessIn(statements: readonly Statement[], { routing, request }: AtServer): readonly Rule[] {
  const limits = statements.find(each => each.kind === 'limit-except');
  const isLimited = limits !== undefined && !includesMethod(limits.methods, request.method);
  const own = isLimited ? limits.rules : statements.filter(each => each.kind === 'access');
  if (own.length === 0) return [];
  return [...(routing.http.sourceRange?.asks.denied ?? []).map(deny), ...own];
}

/** GET stands for HEAD, too. */
function includesMethod(methods: readonly string[], method: string): boolean {
  return methods.includes(method) || (method === 'HEAD' && methods.includes('GET'));
}
