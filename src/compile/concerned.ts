import type { Ingress, IngressBackend } from '../resources/model.ts';
import { isHostPattern } from '../routing/hosts.ts';

/** Where paths without a host and what no rule takes end. */
const DEFAULT = '_';

/**
 * The Ingresses that have a say in what becomes of requests for some hosts: all that may serve one of them, all that lead
 * to the same Services, since what is asked of an upstream is settled by all of them, and all that compete with these.
 * Without the others, a compilation makes the same servers of these hosts.
 *
 * @param hosts in lower case, without port
 */
export function concernedIngresses(ingresses: readonly Ingress[], hosts: readonly string[]): ReadonlySet<Ingress> {
  const index = indexIngresses(ingresses);
  const wanted = new Set(hosts.flatMap(namesLike));
  for (const host of index.byHost.keys()) if (host === DEFAULT || isHostPattern(host)) wanted.add(host);
  for (const ingress of ingresses)
    if (hasAliasLike(ingress, hosts)) for (const host of hostsOf(ingress)) wanted.add(host);
  const concerned = new Set<Ingress>();
  addByKeys(concerned, index.byHost, wanted);
  // Who takes a share of a Service may be refused it because of any path of its own: all of that must be there.
  const most = ingresses.some(isSharing) ? Infinity : 1;
  for (let [round, before] = [0, 0]; round < most && before < concerned.size; round += 1) {
    before = concerned.size;
    addByKeys(concerned, index.byService, keysOf(concerned, servicesOf));
    addByKeys(concerned, index.byHost, keysOf(concerned, hostsOf));
  }
  for (const ingress of ingresses) if (isHeededAnyway(ingress)) concerned.add(ingress);
  return concerned;
}

interface Index {
  readonly byHost: ReadonlyMap<string, readonly Ingress[]>;
  readonly byService: ReadonlyMap<string, readonly Ingress[]>;
}

function indexIngresses(ingresses: readonly Ingress[]): Index {
  const byHost = new Map<string, Ingress[]>();
  const byService = new Map<string, Ingress[]>();
  for (const ingress of ingresses) {
    for (const host of hostsOf(ingress)) add(byHost, host, ingress);
    for (const service of servicesOf(ingress)) add(byService, service, ingress);
  }
  return { byHost, byService };
}

function add(map: Map<string, Ingress[]>, key: string, ingress: Ingress): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [ingress]);
  else if (known.at(-1) !== ingress) known.push(ingress);
}

function addByKeys(to: Set<Ingress>, from: ReadonlyMap<string, readonly Ingress[]>, keys: ReadonlySet<string>): void {
  for (const key of keys) for (const ingress of from.get(key) ?? []) to.add(ingress);
}

function keysOf(ingresses: Iterable<Ingress>, of: (ingress: Ingress) => readonly string[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const ingress of ingresses) for (const key of of(ingress)) keys.add(key);
  return keys;
}

/** Names of servers that may take requests for a host, or stand in for it: with `www.` and without. */
export function namesLike(host: string): readonly string[] {
  const names = [host, host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`];
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) names.push(`*${host.slice(dot)}`);
  return names;
}

function hostsOf(ingress: Ingress): readonly string[] {
  const hosts = ingress.rules.map(({ host }) => (host === '' ? DEFAULT : host));
  const isOfDefault = ingress.defaultBackend !== undefined && (ingress.rules.length === 0 || isSharing(ingress));
  return isOfDefault ? [...hosts, DEFAULT] : hosts;
}

const ALIAS = '/server-alias';
const SHARE = '/canary';
const PASSTHROUGH = '/ssl-passthrough';
/** Annotations that name Services, some of them in a URL. */
const NAMES_SERVICES = /\/(?:default-backend|auth-url|mirror-target)$/;

/** As parts of the names of upstreams, of which two must not be equal. */
function servicesOf({ namespace, rules, defaultBackend, annotations }: Ingress): readonly string[] {
  const services: string[] = [];
  const addService = (backend: IngressBackend | undefined): void => {
    if (backend?.kind === 'service') services.push(upstreamName(namespace, backend.service));
  };
  addService(defaultBackend);
  for (const { paths = [] } of rules) for (const { backend } of paths) addService(backend);
  for (const key in annotations) {
    if (NAMES_SERVICES.test(key)) services.push(...servicesIn(annotations[key] ?? '', namespace));
  }
  return services;
}

/** What may be a Service: any word of a text, or `service.namespace` at the begin of a host. */
function servicesIn(text: string, ownNamespace: string): readonly string[] {
  return (text.match(/[\w-]+(?:\.[\w-]+)*/g) ?? []).flatMap(word => {
    const [service = '', namespace = ownNamespace] = word.split('.');
    return [upstreamName(ownNamespace, service), upstreamName(namespace, service)];
  });
}

function upstreamName(namespace: string, service: string): string {
  return `${namespace}-${service}`.toLowerCase();
}

function isSharing({ annotations }: Ingress): boolean {
  return hasKey(annotations, SHARE);
}

/** TLS connections that nobody looks into count everywhere, and what was refused may have asked for anything. */
function isHeededAnyway({ annotations, isRefused }: Ingress): boolean {
  return isRefused || hasKey(annotations, PASSTHROUGH);
}

function hasKey(annotations: Ingress['annotations'], end: string): boolean {
  for (const key in annotations) if (key.endsWith(end)) return true;
  return false;
}

function hasAliasLike({ annotations }: Ingress, hosts: readonly string[]): boolean {
  for (const key in annotations) {
    const text = annotations[key] ?? '';
    if (key.endsWith(ALIAS) && hosts.some(host => mayMean(text, host))) return true;
  }
  return false;
}

function mayMean(aliases: string, host: string): boolean {
  return aliases.split(',').some(alias => {
    const name = alias.trim().toLowerCase();
    if (name.includes('~') || name === host) return true;
    if (/^\*?\./.test(name)) return `.${host}`.endsWith(name.slice(name.indexOf('.')));
    return name.endsWith('*') && host.startsWith(name.slice(0, -1));
  });
}
