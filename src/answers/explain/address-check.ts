import { listed } from '../../diagnostics/words.ts';
import { isWithin } from '../../routing/networks.ts';
import type { Askers } from '../../routing/policies.ts';
import { unseenBehind } from '../../routing/real-ip.ts';
import type { Statement } from '../../routing/snippets.ts';
import { accessIn, rulesFor, rulesOfServer } from './address-rules.ts';
import type { Rule, Rules } from './address-rules.ts';
import { askerNamed, askerText, causesOf } from './asking.ts';
import type { AtServer, Effect, OnTheWay } from './explainer.ts';
import { headerOf, isBelieved } from './request-headers.ts';

/** What an address comes to: `none` where no rule names it. */
export interface AddressCheck {
  readonly finding: 'allowed' | 'denied' | 'none' | 'unknown';
  readonly effect: Effect;
}

/** Looks for the address of the client in the lists of its location; undefined where there are none. */
export function checkAddress(at: OnTheWay): AddressCheck | undefined {
  const found = rulesFor(at);
  return found && checkRules(found, at);
}

/** Whether the client is kept out of locations without lists of their own, such as those of error pages. */
export function isKeptOutOfServer(at: AtServer): boolean {
  const found = rulesOfServer(at);
  return found !== undefined && checkRules(found, at).finding === 'denied';
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
