import { unseenBehind } from '../../routing/real-ip.ts';
import type { Askers } from '../../routing/policies.ts';
import type { AccessStatement, Statement } from '../../routing/snippets.ts';
import type { AtServer, OnTheWay } from './explainer.ts';

/** Lines of nginx that let an address in or keep it out, and who asks for them. */
export interface Rules {
  readonly rules: readonly Rule[];
  readonly from: Askers;
}

export type Rule = Pick<AccessStatement, 'isAllowed' | 'network'>;

const deny = (network: string): Rule => ({ isAllowed: false, network });
const allow = (network: string): Rule => ({ isAllowed: true, network });

/** Those of the location, else those of its server, else those of all hosts: nginx takes the nearest alone. */
export function rulesFor(at: OnTheWay): Rules | undefined {
  const { location } = at;
  const { sourceRange, configurationSnippet } = location.policies;
  const own = sourceRange === undefined ? [] : listRules(sourceRange.asks, at);
  const written = accessIn(configurationSnippet?.asks.statements ?? [], at);
  const ofLocation = joined([
    [own, sourceRange?.from],
    [written, configurationSnippet?.from],
  ]);
  return ofLocation ?? rulesOfServer(at);
}

/** Those that hold in locations which say nothing themselves. */
export function rulesOfServer(at: AtServer): Rules | undefined {
  const { server, routing } = at;
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
export function accessIn(statements: readonly Statement[], { routing, request }: AtServer): readonly Rule[] {
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
