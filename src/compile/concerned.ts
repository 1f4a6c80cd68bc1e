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
  const said = saidIn(ingresses);
  const names: Names = {
    hosts: new Set([DEFAULT, ...hosts.flatMap(namesLike)]),
    upstreams: new Set(),
    ends: new Set(),
    named: said.services,
  };
  for (const [ingress, text] of said.aliases) if (hosts.some(host => mayMean(text, host))) addHosts(names, ingress);
  for (const { rules } of ingresses) for (const { host } of rules) if (isHostPattern(host)) names.hosts.add(host);
  const concerned = new Set<Ingress>();
  addNamed(concerned, ingresses, names);
  // Who takes a share of a Service may be refused it because of any path of its own: all of that must be there.
  const most = said.isJoined ? Infinity : 1;
  for (let [round, before] = [0, 0]; round < most && before < concerned.size; round += 1) {
    before = concerned.size;
    for (const ingress of concerned) eachUpstream(ingress, names, name => addUpstream(names, name));
    addNamed(concerned, ingresses, names);
    for (const ingress of concerned) addHosts(names, ingress);
    addNamed(concerned, ingresses, names);
  }
  for (const ingress of said.heeded) concerned.add(ingress);
  return concerned;
}

/** What those have that have a say. */
interface Names {
  readonly hosts: Set<string>;
  /** Begins of the names of upstreams, `namespace-service`. */
  readonly upstreams: Set<string>;
  /** What may be the Service in one of these: most Ingresses are told by that. */
  readonly ends: Set<string>;
  readonly named: Said['services'];
}

function addNamed(to: Set<Ingress>, ingresses: readonly Ingress[], names: Names): void {
  for (const ingress of ingresses)
    if (!to.has(ingress) && (hasHost(ingress, names) || leadsTo(ingress, names))) to.add(ingress);
}

function hasHost(ingress: Ingress, { hosts }: Names): boolean {
  if (isOfDefault(ingress) && hosts.has(DEFAULT)) return true;
  return ingress.rules.some(({ host }) => hosts.has(host === '' ? DEFAULT : host));
}

function addHosts({ hosts }: Names, ingress: Ingress): void {
  for (const { host } of ingress.rules) hosts.add(host === '' ? DEFAULT : host);
  if (isOfDefault(ingress)) hosts.add(DEFAULT);
}

/** Whether it takes what no rule takes of other hosts, or a share of that. */
function isOfDefault(ingress: Ingress): boolean {
  return ingress.defaultBackend !== undefined && (ingress.rules.length === 0 || isSharing(ingress));
}

function leadsTo(ingress: Ingress, { upstreams, ends, named }: Names): boolean {
  if (ends.size === 0) return false;
  const { namespace, defaultBackend, rules } = ingress;
  const isOne = (backend: IngressBackend | undefined): boolean =>
    backend?.kind === 'service' && ends.has(backend.service) && upstreams.has(upstreamName(namespace, backend.service));
  if (isOne(defaultBackend) || rules.some(({ paths = [] }) => paths.some(({ backend }) => isOne(backend)))) return true;
  return named.get(ingress)?.some(name => upstreams.has(name)) === true;
}

function eachUpstream(ingress: Ingress, { named }: Names, take: (name: string) => void): void {
  const { namespace, defaultBackend, rules } = ingress;
  const takeBackend = (backend: IngressBackend | undefined): void => {
    if (backend?.kind === 'service') take(upstreamName(namespace, backend.service));
  };
  takeBackend(defaultBackend);
  for (const { paths = [] } of rules) for (const { backend } of paths) takeBackend(backend);
  for (const name of named.get(ingress) ?? []) take(name);
}

/** As part of the name of an upstream, of which two must not be equal, whatever the case. */
function upstreamName(namespace: string, service: string): string {
  return `${namespace}-${service}`.toLowerCase();
}

function addUpstream({ upstreams, ends }: Names, name: string): void {
  upstreams.add(name);
  for (let dash = name.indexOf('-'); dash !== -1; dash = name.indexOf('-', dash + 1)) ends.add(name.slice(dash + 1));
}

/** Names of servers that may take requests for a host, or stand in for it: with `www.` and without. */
export function namesLike(host: string): readonly string[] {
  const names = [host, host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`];
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) names.push(`*${host.slice(dot)}`);
  return names;
}

/** What annotations say that counts for others. */
interface Said {
  /** Whether anybody takes a share of somebody else's requests. */
  readonly isJoined: boolean;
  /** Who asks for further names, which follow. */
  readonly aliases: readonly (readonly [Ingress, string])[];
  /** TLS connections that nobody looks into count everywhere, and what was refused may have asked for anything. */
  readonly heeded: readonly Ingress[];
  /** Begins of the names of upstreams that annotations name, some of them in a URL. */
  readonly services: ReadonlyMap<Ingress, readonly string[]>;
}

function saidIn(ingresses: readonly Ingress[]): Said {
  let isJoined = false;
  const aliases: (readonly [Ingress, string])[] = [];
  const heeded: Ingress[] = [];
  const services = new Map<Ingress, readonly string[]>();
  for (const ingress of ingresses) {
    if (ingress.isRefused) heeded.push(ingress);
    const { annotations } = ingress;
    for (const key in annotations) {
      switch (key.slice(key.lastIndexOf('/') + 1)) {
        case SHARE:
          isJoined = true;
          break;
        case 'server-alias':
          aliases.push([ingress, annotations[key] ?? '']);
          break;
        case 'ssl-passthrough':
          heeded.push(ingress);
          break;
        case 'default-backend':
        case 'auth-url':
        case 'mirror-target':
          services.set(ingress, [...(services.get(ingress) ?? []), ...namedIn(annotations[key] ?? '', ingress)]);
          break;
        default:
      }
    }
  }
  return { isJoined, aliases, heeded, services };
}

const SHARE = 'canary';

function isSharing({ annotations }: Ingress): boolean {
  for (const key in annotations) if (key.endsWith(`/${SHARE}`)) return true;
  return false;
}

/** Any word, or `service.namespace` at the begin of a host. */
function namedIn(text: string, { namespace }: Ingress): readonly string[] {
  return (text.match(/[\w-]+(?:\.[\w-]+)*/g) ?? []).flatMap(word => servicesIn(word, namespace));
}

function servicesIn(word: string, ownNamespace: string): readonly string[] {
  const [service = '', namespace = ownNamespace] = word.split('.');
  return [upstreamName(ownNamespace, service), upstreamName(namespace, service)];
}

function mayMean(aliases: string, host: string): boolean {
  return aliases.split(',').some(alias => {
    const name = alias.trim().toLowerCase();
    if (name.includes('~') || name === host) return true;
    if (/^\*?\./.test(name)) return `.${host}`.endsWith(name.slice(name.indexOf('.')));
    return name.endsWith('*') && host.startsWith(name.slice(0, -1));
  });
}
