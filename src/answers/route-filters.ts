import { routePolicyNames } from '../controller-config/registry.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ListedRoute, RouteBackend } from './listed-routes.ts';

/** Which routes are asked for: those that fit at least one text of each list; an empty list fits all. */
export interface RouteFilters {
  /** As servers have them; see `reachedHosts`. */
  readonly hosts: readonly string[];
  /** Of an Ingress that made the route. */
  readonly namespaces: readonly string[];
  /** `service`, `namespace/service` or `namespace/service:port`. */
  readonly services: readonly string[];
  readonly policies: readonly string[];
}

export function filterRoutes(routes: readonly ListedRoute[], filters: RouteFilters): readonly ListedRoute[] {
  const { hosts, namespaces, services, policies } = filters;
  return routes.filter(
    route =>
      fits(hosts, host => host === route.host) &&
      fits(namespaces, namespace => route.namespaces.includes(namespace)) &&
      fits(services, service => servicesOf(route).some(name => isService(name, service))) &&
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

/** @param service `namespace/service:port` */
function isService(service: string, asked: string): boolean {
  const [name = ''] = service.split(':');
  return service === asked || name === asked || name.slice(name.indexOf('/') + 1) === asked;
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
