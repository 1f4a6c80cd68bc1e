import type { ListedRoute, RouteBackend } from '../answers/listed-routes.ts';
import { visible } from '../diagnostics/visible.ts';
import { targetText } from './route-target.ts';
import { tlsText } from './route-tls.ts';

/** A column of a list of routes. An empty text says that there is nothing. */
export interface RouteColumn {
  readonly heading: string;
  readonly textOf: (route: ListedRoute) => string;
}

const HOST: RouteColumn = { heading: 'host', textOf: ({ host }) => (host === '_' ? '(any other)' : host) };
const MATCH: RouteColumn = { heading: 'match', textOf: ({ match }) => match };
const PATH: RouteColumn = { heading: 'path', textOf: ({ path }) => path };
const TARGET: RouteColumn = { heading: 'target', textOf: targetText };
const ENDPOINTS: RouteColumn = { heading: 'endpoints', textOf: ({ backends }) => backends.map(endpointsOf).join(', ') };
const TLS: RouteColumn = { heading: 'tls', textOf: tlsText };
const POLICIES: RouteColumn = { heading: 'policies', textOf: ({ policies }) => policies.join(',') };
const INGRESS: RouteColumn = { heading: 'ingress', textOf: ({ ingress = '' }) => ingress.replace(/^Ingress /, '') };
const RULE: RouteColumn = {
  heading: 'rule',
  textOf: ({ written }) => (written === undefined ? '' : `${written.pathType} ${written.path}`),
};
const SERVICE: RouteColumn = {
  heading: 'service',
  textOf: ({ backends }) => backends.flatMap(({ service }) => service ?? []).join(', '),
};
const SECRET: RouteColumn = {
  heading: 'secret',
  textOf: ({ tls: { secret = '' } }) => secret.replace(/^Secret /, ''),
};
const ASKED_BY: RouteColumn = { heading: 'asked by', textOf: ({ askedBy }) => askedBy.join(',') };

/** What most people want to know. */
export const USUAL_COLUMNS: readonly RouteColumn[] = [HOST, MATCH, PATH, TARGET, ENDPOINTS, TLS, POLICIES, INGRESS];

/** All that there is, the first and the last ones as in the usual columns. */
export const ALL_COLUMNS: readonly RouteColumn[] = [
  HOST,
  MATCH,
  PATH,
  RULE,
  TARGET,
  SERVICE,
  ENDPOINTS,
  TLS,
  SECRET,
  POLICIES,
  ASKED_BY,
  INGRESS,
];

const VIA_WORDS: Readonly<Record<NonNullable<RouteBackend['via']>, string>> = {
  'cluster-ip': 'cluster IP',
  'node-port': 'node port',
  'port-forward': 'port-forward',
  address: 'fixed address',
  'dns-name': 'DNS name',
};

/** Ready ones and all; else what requests go through, since then nobody knows; `?` for a Service of which nothing is known. */
function endpointsOf({ endpoints, via }: RouteBackend): string {
  if (endpoints !== undefined) return `${endpoints.ready}/${endpoints.all}`;
  return via === undefined ? '?' : VIA_WORDS[via];
}

/** The texts of the columns, as they can be shown. */
export function cellsOf(route: ListedRoute, columns: readonly RouteColumn[]): readonly string[] {
  return columns.map(({ textOf }) => visible(textOf(route)));
}
