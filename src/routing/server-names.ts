import { bytesOf } from './bytes.ts';
import { isHostPattern, patternRegex } from './hosts.ts';
import type { Routing, Server } from './model.ts';
import { compilePcre } from './pcre-match.ts';

/**
 * How a name fits a host, in the order in which nginx asks: a whole name, `*.b`, `a.*`, expressions (which our one-label
 * wildcards are, too), and the default server.
 */
export type NameKind =
  | 'exact'
  | 'wildcard-before'
  | 'wildcard-behind'
  | 'pattern'
  | 'wildcard'
  | 'expression'
  | 'default';

/** A name of a server that fits a host. */
export interface FittingName {
  readonly server: Server;
  /** As the routing has it. */
  readonly name: string;
  readonly kind: NameKind;
  /** Whether it is one of the further names of its server. */
  readonly isAlias: boolean;
  /** Of an expression. */
  readonly isUnclear?: true;
}

interface Expression extends FittingName {
  readonly fits: (host: string) => boolean | 'unclear';
}

/** The names of all servers that listen on a port. */
export interface ServerNames {
  readonly defaultServer: Server | undefined;
  readonly exact: ReadonlyMap<string, FittingName>;
  /** By what follows the star and its dot. */
  readonly before: ReadonlyMap<string, FittingName>;
  /** By what stands before the dot and the star. */
  readonly behind: ReadonlyMap<string, FittingName>;
  /** Wildcards of one label, by what follows the star and its dot; with their place among the expressions. */
  readonly oneLabel: ReadonlyMap<string, { readonly place: number; readonly name: FittingName }>;
  readonly expressions: readonly { readonly place: number; readonly name: Expression }[];
}

const KNOWN = new WeakMap<Routing, { readonly http: ServerNames; readonly https: ServerNames }>();

/** Over HTTPS, a host that has no certificate where there is no default one is not there. */
export function hasTls({ certificate }: Server, { defaultCertificate }: Routing): boolean {
  return defaultCertificate.kind !== 'reject' || certificate !== undefined;
}

export function serverNames(routing: Routing, scheme: 'http' | 'https'): ServerNames {
  const known = KNOWN.get(routing);
  if (known !== undefined) return known[scheme];
  const http = indexNames(routing.servers);
  const withTls = routing.servers.filter(server => server.host === '_' || hasTls(server, routing));
  const both = { http, https: withTls.length === routing.servers.length ? http : indexNames(withTls) };
  KNOWN.set(routing, both);
  return both[scheme];
}

function indexNames(servers: readonly Server[]): ServerNames {
  const exact = new Map<string, FittingName>();
  const before = new Map<string, FittingName>();
  const behind = new Map<string, FittingName>();
  const oneLabel = new Map<string, { readonly place: number; readonly name: FittingName }>();
  const expressions: { readonly place: number; readonly name: Expression }[] = [];
  let place = 0;
  // Of equal names nginx takes the first.
  const keep = <T>(map: Map<string, T>, key: string, value: T): unknown => map.has(key) || map.set(key, value);
  for (const server of servers) {
    const { host, aliases = [] } = server;
    if (host !== '_') {
      place += 1;
      const main = { server, name: host, isAlias: false };
      if (isHostPattern(host)) expressions.push({ place, name: patternOf(main) });
      else if (host.startsWith('*.')) keep(oneLabel, host.slice(2), { place, name: { ...main, kind: 'wildcard' } });
      else keep(exact, host, { ...main, kind: 'exact' });
    }
    for (const name of aliases) {
      place += 1;
      const alias = { server, name, isAlias: true };
      if (name.startsWith('~')) expressions.push({ place, name: expressionOf(alias) });
      else if (name.startsWith('*.')) keep(before, name.slice(2), { ...alias, kind: 'wildcard-before' });
      else if (name.endsWith('.*')) keep(behind, name.slice(0, -2), { ...alias, kind: 'wildcard-behind' });
      else keep(exact, name, { ...alias, kind: 'exact' });
    }
  }
  return { defaultServer: servers.find(({ host }) => host === '_'), exact, before, behind, oneLabel, expressions };
}

type Named = Pick<FittingName, 'server' | 'name' | 'isAlias'>;

function patternOf(named: Named): Expression {
  const regex = new RegExp(patternRegex(named.name));
  return { ...named, kind: 'pattern', fits: host => regex.test(host) };
}

/** nginx ignores the case if there is a capital letter in the expression: hosts have none. */
function expressionOf(named: Named): Expression {
  const source = named.name.slice(1);
  let compiled: ReturnType<typeof compilePcre> | undefined;
  const fits = (host: string): boolean | 'unclear' => {
    compiled ??= compilePcre(source, { isCaseless: /[A-Z]/.test(source) });
    const found = compiled.match(host);
    return found === 'unclear' ? found : found !== undefined;
  };
  return { ...named, kind: 'expression', fits };
}

/** All names that fit, in the order in which nginx asks: it takes the first. */
export function* fittingNames(host: string, names: ServerNames): Generator<FittingName> {
  const bytes = bytesOf(host);
  const { exact, before, behind, oneLabel, expressions } = names;
  const whole = exact.get(host);
  if (whole !== undefined) yield whole;
  for (const dot of dotsOf(host)) {
    const found = before.get(host.slice(dot + 1));
    if (found !== undefined) yield found;
  }
  for (const dot of dotsOf(host).toReversed()) {
    const found = behind.get(host.slice(0, dot));
    if (found !== undefined) yield found;
  }
  const dot = host.indexOf('.');
  let label = dot > 0 && /^[\w-]+$/.test(host.slice(0, dot)) ? oneLabel.get(host.slice(dot + 1)) : undefined;
  for (const { place, name } of expressions) {
    if (label !== undefined && label.place < place) {
      yield label.name;
      label = undefined;
    }
    const fits = name.fits(bytes);
    if (fits !== false) yield fits === 'unclear' ? { ...name, isUnclear: true } : name;
  }
  if (label !== undefined) yield label.name;
}

function dotsOf(host: string): readonly number[] {
  const dots: number[] = [];
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) dots.push(dot);
  return dots;
}
