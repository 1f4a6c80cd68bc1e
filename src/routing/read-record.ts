import { isCount, isList, isListOf, isRecord, isText } from '../json/value.ts';
import type { Routing } from './model.ts';
import { FORMAT_VERSION, PATH_TYPES, SIGNS } from './record-format.ts';

/** The routing of such a line as `recordOf` makes, without files; undefined where it is of another version, or no record. */
export function readRecord(value: unknown): Routing | undefined {
  if (!isRecord(value) || value['formatVersion'] !== FORMAT_VERSION) return undefined;
  const { rest, main, http } = value;
  if (!isRecord(rest)) return undefined;
  const tables = tablesIn(value);
  const asked = (each: unknown): unknown => withFrom(each, tables);
  const stream = (each: unknown): unknown =>
    isRecord(each) ? { ...each, from: fromIn(each['from'], tables)[0] } : each;
  const routing = {
    ...rest,
    main: at(tables.sets, main),
    http: at(tables.sets, http),
    servers: listOf(value['servers']).map(server => serverIn(server, tables)),
    upstreams: listOf(value['upstreams']).map(upstream => upstreamIn(upstream, tables)),
    splits: listOf(value['splits']).map(asked),
    streams: listOf(value['streams']).map(stream),
    streamSnippets: listOf(value['streamSnippets']).map(asked),
    passthroughs: listOf(value['passthroughs']).map(asked),
    files: [],
  };
  return isRouting(routing) ? routing : undefined;
}

interface Tables {
  /** Objects as who asked for something. */
  readonly whose: readonly unknown[];
  readonly sets: readonly unknown[];
  readonly targets: readonly unknown[];
  /** By the places of upstreams. */
  readonly toUpstream: readonly unknown[];
}

function tablesIn(value: Readonly<Record<string, unknown>>): Tables {
  const whose = listOf(value['objects']).map(each => {
    const [kind, name, namespace] = listOf(each);
    const resource = { kind, ...given('namespace', namespace), name };
    return { resource, field: { document: '', path: [] } };
  });
  const asks = listOf(value['asks']);
  const applied = listOf(value['applied']).map(each => {
    const [place, ...askers] = listOf(each);
    return { asks: at(asks, place), from: askers.map(asker => askerIn(asker, whose)) };
  });
  const sets = listOf(value['sets']).map(set =>
    isRecord(set) ? Object.fromEntries(Object.entries(set).map(([name, place]) => [name, at(applied, place)])) : set,
  );
  const toUpstream = listOf(value['upstreams']).map(each => {
    const [name] = listOf(each);
    return { kind: 'proxy', to: { kind: 'upstream', name } };
  });
  return { whose, sets, targets: listOf(value['targets']), toUpstream };
}

function askerIn(value: unknown, whose: readonly unknown[]): unknown {
  const [name, place, isOption] = listOf(value);
  if (place === undefined) return { by: 'default', name };
  return { by: isOption === 1 ? 'option' : 'annotation', name, at: at(whose, place) };
}

/** The path of a rule: that of the location, the same without the slash at its end, or another. */
function writtenIn(path: unknown, code: unknown, other: unknown): unknown {
  if (!isCount(code) || !isText(path)) return undefined;
  return {
    path: other === 1 ? path.slice(0, -1) : (other ?? path),
    pathType: PATH_TYPES[Math.floor(code / 4)],
    ...(code % 4 >= 2 && { isStored: true }),
    ...(code % 2 === 1 && { isGuarded: true }),
  };
}

function serverIn(value: unknown, tables: Tables): unknown {
  const [host, certificate, set, from, locations, aliases, regexFrom] = listOf(value);
  return {
    host,
    ...given('aliases', aliases),
    certificate: certificate ?? undefined,
    policies: at(tables.sets, set),
    locations: listOf(locations).map(location => locationIn(location, tables)),
    ...given('regexFrom', at(tables.whose, regexFrom)),
    from: fromIn(from, tables),
  };
}

const MATCHES: ReadonlyMap<unknown, string> = new Map(Object.entries(SIGNS).map(([match, sign]) => [sign, match]));

function locationIn(value: unknown, tables: Tables): unknown {
  const [sign, path, set, target, from, code, other] = listOf(value);
  return {
    match: MATCHES.get(sign),
    path,
    policies: at(tables.sets, set),
    target: isList(target) ? at(tables.targets, target[0]) : at(tables.toUpstream, target),
    ...given('written', writtenIn(path, code, other)),
    from: fromIn(from, tables),
  };
}

function upstreamIn(value: unknown, tables: Tables): unknown {
  const [name, service, peers, set, from, protocol] = listOf(value);
  return {
    name,
    ...given('service', service),
    ...given('protocol', protocol),
    peers: isList(peers) ? { kind: 'addresses', addresses: pairsIn(peers) } : peers,
    policies: at(tables.sets, set),
    from: fromIn(from, tables),
  };
}

function pairsIn(list: readonly unknown[]): readonly unknown[] {
  return list.flatMap((address, index) => (index % 2 === 0 ? [{ address, port: list[index + 1] }] : []));
}

function withFrom(value: unknown, tables: Tables): unknown {
  return isRecord(value) ? { ...value, from: fromIn(value['from'], tables) } : value;
}

function fromIn(value: unknown, { whose }: Tables): readonly unknown[] {
  return (isList(value) ? value : [value]).map(place => at(whose, place));
}

function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined || value === null ? {} : { [name]: value };
}

function at(list: readonly unknown[], place: unknown): unknown {
  return isCount(place) ? list[place] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

/** Somebody may have edited the file: all parts must be there, and nothing may lead nowhere. */
function isRouting(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Routing {
  const { listeners, defaultCertificate, resolvers, main, http, servers, upstreams } = value;
  return (
    [listeners, defaultCertificate].every(isRecord) &&
    [main, http].every(arePolicies) &&
    isList(resolvers) &&
    isListOf(isServer, servers) &&
    isListOf(isUpstream, upstreams) &&
    isListOf(isSplit, value['splits']) &&
    isListOf(isSnippet, value['streamSnippets']) &&
    isListOf(isPassthrough, value['passthroughs']) &&
    isListOf(isStream, value['streams'])
  );
}

function isServer(value: unknown): value is object {
  if (!isRecord(value) || !isText(value['host']) || !hasPolicies(value)) return false;
  const { aliases = [], certificate = '', regexFrom } = value;
  const isNamed = isListOf(isText, aliases) && isText(certificate);
  return isNamed && (regexFrom === undefined || isPlace(regexFrom)) && isListOf(isLocation, value['locations']);
}

function isLocation(value: unknown): value is object {
  if (!isRecord(value) || !hasPolicies(value)) return false;
  const { match, path, target, written } = value;
  const isRule = written === undefined || (isRecord(written) && isText(written['path']) && isText(written['pathType']));
  return isText(match) && isText(path) && isTarget(target) && isRule;
}

function isTarget(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, to, code } = value;
  if (kind === 'proxy') return isRecord(to) && isText(to['kind']) && isText(to['name']);
  if (kind === 'status') return isCount(code);
  return kind === 'redirect' && isCount(code) && isRecord(to) && isText(to['kind'] === 'url' ? to['url'] : to['host']);
}

function isUpstream(value: unknown): value is object {
  if (!isRecord(value) || !isText(value['name']) || !hasPolicies(value)) return false;
  const { service = '' } = value;
  return isText(service) && arePeers(value['peers']);
}

function arePeers(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (value['kind'] === 'addresses') return isListOf(isPeer, value['addresses']);
  return value['kind'] === 'name-at-request' && isText(value['host']) && isCount(value['port']);
}

function isPeer(value: unknown): value is object {
  return isRecord(value) && isText(value['address']) && isCount(value['port']);
}

function isSplit(value: unknown): value is object {
  if (!isRecord(value) || !isText(value['name']) || !isAsked(value)) return false;
  return isListOf(isRule, value['rules']) && isListOf(isShare, value['shares']);
}

function isRule(value: unknown): value is object {
  return isRecord(value) && isText(value['to']) && isRecord(value['when']) && isRecord(value['when']['is']);
}

function isShare(value: unknown): value is object {
  return isRecord(value) && isText(value['to']) && isCount(value['parts']);
}

function isStream(value: unknown): value is object {
  return isRecord(value) && arePeers(value['peers']) && isPlace(value['from']);
}

function isPassthrough(value: unknown): value is object {
  if (!isRecord(value) || !isText(value['host']) || !isAsked(value)) return false;
  const { to } = value;
  return to === undefined || (isRecord(to) && isText(to['service']) && arePeers(to['peers']));
}

function isSnippet(value: unknown): value is object {
  return isAsked(value) && 'statements' in value && isListOf(isRecord, value.statements);
}

function hasPolicies(value: Readonly<Record<string, unknown>>): boolean {
  return arePolicies(value['policies']) && isAsked(value);
}

function arePolicies(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isAskedPolicy);
}

function isAskedPolicy(value: unknown): boolean {
  return isRecord(value) && isRecord(value['asks']) && isListOf(isAsker, value['from']);
}

function isAsker(value: unknown): value is object {
  return isRecord(value) && isText(value['name']) && (value['by'] === 'default' || isPlace(value['at']));
}

function isAsked(value: unknown): value is object {
  return isRecord(value) && isListOf(isPlace, value['from']);
}

function isPlace(value: unknown): value is object {
  const resource = isRecord(value) ? value['resource'] : undefined;
  if (!isRecord(resource)) return false;
  const { kind, name, namespace = '' } = resource;
  return [kind, name, namespace].every(isText);
}
