import { routePolicyNames } from '../controller-config/registry.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ListedRoute, RouteBackend } from './listed-routes.ts';

/** Which routes are asked for: those that fit at least one text of each list; an empty list fits all. */
export interface RouteFilters {
  /** As servers have them; see `reachedHosts`. */
  readonly hosts: readonly string[];
  /** Of an Ingress that made the route. */
  readonly namespaces: readonly string[];
  /** `service` or `namespace/service`, with or without `:port`. */
  readonly services: readonly string[];
  readonly policies: readonly string[];
}

/** The ports of the Services of the input. */
type KnownServices = readonly {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
}[];

/** @param known An Ingress names a port by its number or its name; of these Services both are known. */
export function filterRoutes(
  routes: readonly ListedRoute[],
  filters: RouteFilters,
  known: KnownServices = [],
): readonly ListedRoute[] {
  const { hosts, namespaces, services, policies } = filters;
  const spellings = spellingsIn(known);
  return routes.filter(
    route =>
      fits(hosts, host => host === route.host) &&
      fits(namespaces, namespace => route.namespaces.includes(namespace)) &&
      fits(services, service =>
        servicesOf(route).some(name => spellings(name).some(text => isService(text, service))),
      ) &&
      fits(policies, policy => route.policies.includes(policy)),
  );
}

function fits(asked: readonly string[], test: (text: string) => boolean): boolean {
  return asked.length === 0 || asked.some(test);
}

/** Also the one that TLS connections are passed on to. */
function servicesOf({ backends, tls }: ListedRoute): readonly string[] {
  const passed: readonly RouteBackend[] =
    tls.kind === 'passthrough' && tls.to !== undefined ? [{ service: tls.to }] : [];
  return [...backends, ...passed].flatMap(({ service }) => (service === undefined ? [] : [service]));
}

/** All texts that mean the port of a Service, which is one of them: `shop/web:80` and `shop/web:http`. */
function spellingsIn(known: KnownServices): (service: string) => readonly string[] {
  const found = new Map<string, readonly string[]>();
  for (const { namespace, name, ports } of known) {
    for (const { name: portName, port } of ports) {
      const number = `${namespace}/${name}:${port}`;
      const named = portName === undefined ? [] : [`${namespace}/${name}:${portName}`];
      const texts = [number, ...named];
      // Two protocols may share a number.
      for (const text of texts) found.set(text, [...(found.get(text) ?? []), ...texts]);
    }
  }
  return service => found.get(service) ?? [service];
}

/** @param service `namespace/service:port` */
function isService(service: string, asked: string): boolean {
  const [name = ''] = service.split(':');
  return [service, name].some(text => text === asked || withoutNamespace(text) === asked);
}

function withoutNamespace(text: string): string {
  return text.slice(text.indexOf('/') + 1);
}

/** Something that is asked for, and that no route has. */
export interface UnknownText {
  readonly kind: 'Service' | 'namespace';
  readonly text: string;
  /** The one that was meant. */
  readonly meant: string | undefined;
}

/** Namespaces and Services that are asked for and that no route has, each with the one that was meant. */
export function unknownTexts(
  routes: readonly ListedRoute[],
  { namespaces, services }: Pick<RouteFilters, 'namespaces' | 'services'>,
  known: KnownServices = [],
): readonly UnknownText[] {
  const spellings = spellingsIn(known);
  const ports = [...new Set(routes.flatMap(servicesOf).flatMap(spellings))].toSorted();
  const knownNamespaces = [...new Set(routes.flatMap(route => route.namespaces))].toSorted();
  return [
    ...namespaces
      .filter(text => !knownNamespaces.includes(text))
      .map(text => ({ kind: 'namespace' as const, text, meant: suggest(text, knownNamespaces) })),
    ...services
      .filter(text => !ports.some(port => isService(port, text)))
      .map(text => ({ kind: 'Service' as const, text, meant: suggest(text, writtenAs(text, ports)) })),
  ];
}

/** Known ports of Services, with as much of their names as somebody wrote. */
function writtenAs(text: string, ports: readonly string[]): readonly string[] {
  const withPort = text.includes(':') ? ports : ports.map(port => port.split(':')[0] ?? port);
  return [...new Set(text.includes('/') ? withPort : withPort.map(withoutNamespace))];
}

/** A name that no policy has. */
export interface UnknownPolicy {
  readonly name: string;
  /** The one that was meant. */
  readonly meant: string | undefined;
  readonly known: readonly string[];
}

/** Among policies that are asked for, the first name that is none. */
export function unknownPolicy(policies: readonly string[]): UnknownPolicy | undefined {
  const name = policies.find(policy => !routePolicyNames.includes(policy));
  return name === undefined ? undefined : { name, meant: suggest(name, routePolicyNames), known: routePolicyNames };
}
