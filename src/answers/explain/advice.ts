import { objectText } from '../../diagnostics/place.ts';
import { suggestNear } from '../../diagnostics/suggest.ts';
import { listed } from '../../diagnostics/words.ts';
import { textOf } from '../../routing/bytes.ts';
import type { Location, Routing, Server, StatusTarget } from '../../routing/model.ts';
import type { AtServer, OnTheWay } from './explainer.ts';

const MOST_NAMED = 6;

/** What would have to be there where a location answers by itself. */
export function adviceForStatus(target: StatusTarget, at: OnTheWay): readonly string[] {
  switch (target.code) {
    case 200:
      return [];
    case 404:
      return adviceForNothing(at);
    case 403:
    case 503:
      return [...adviceForService(target), ...adviceForClosed(target, at.location)];
  }
}

/** Neither a path nor a default backend: which hosts or paths there are. */
function adviceForNothing(at: OnTheWay): readonly string[] {
  const { location, server, routing } = at;
  const [own] = location.from;
  if (own !== undefined && location.written !== undefined) {
    return [
      `Name a Service in the backend of ${objectText(own.resource)}, or start the controller with a default backend`,
    ];
  }
  return server.host === '_' ? adviceForHost(at, routing) : adviceForPath(at);
}

/** Which hosts there are, for a request that names none of them. */
function adviceForHost({ request }: AtServer, routing: Routing): readonly string[] {
  const host = nameIn(request.host);
  const hosts = routing.servers.map(server => server.host).filter(name => name !== '_');
  const [first] = hosts;
  if (first !== undefined && /^(?:\[.*\]|[\d.]+)$/.test(host)) {
    const command = `curl -H 'Host: ${first}' ${request.scheme}://${host}/`;
    return [`Ask by the name of a rule, since an address is none: ${command}; there are ${listed(hosts, MOST_NAMED)}`];
  }
  const near = suggestNear(host, hosts);
  const below = hosts.find(name => name.startsWith('*.') && host.endsWith(name.slice(1)));
  const rule = `Add a rule with the host ${host} to an Ingress of this ingress class`;
  if (below !== undefined) {
    return [
      `${below} takes one label in place of its star, and no more: ${rule.toLowerCase().replace('ingress', 'Ingress')}`,
    ];
  }
  if (near !== undefined) return [`Ask for ${near}, the nearest host that there is, or correct the host of its rule`];
  if (hosts.length === 0) return [`${rule}: no Ingress is served; ingress2nginx lint says which are skipped, and why`];
  return [`${rule}; there are ${listed(hosts, MOST_NAMED)}`];
}

function nameIn(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

/** Which paths the host has. */
function adviceForPath({ server, path }: AtServer): readonly string[] {
  const paths = pathsOf(server);
  const shown = textOf(path);
  const near = nearestPath(shown, paths);
  const add = `Add a path to a rule of ${server.host} that takes ${shown}, or a defaultBackend`;
  const all = paths.length === 0 ? '' : `; ${server.host} has ${listed(paths.map(pathText), MOST_NAMED)}`;
  return [...(near === undefined ? [] : [near]), `${add}${all}`];
}

interface RulePath {
  readonly path: string;
  readonly pathType: string;
  readonly location: Location;
}

/** The paths of the rules of a host, each once. */
function pathsOf({ locations }: Server): readonly RulePath[] {
  const found = new Map<string, RulePath>();
  for (const location of locations) {
    const { written } = location;
    if (written === undefined) continue;
    const rule = { ...written, location };
    found.set(`${rule.pathType} ${rule.path}`, rule);
  }
  return [...found.values()];
}

function pathText({ path, pathType }: RulePath): string {
  return `${path} (${pathType})`;
}

/** Why the path that somebody most likely thought of does not take the request. */
function nearestPath(path: string, paths: readonly RulePath[]): string | undefined {
  const bare = path.replace(/\/+$/, '');
  const exact = paths.find(each => each.pathType === 'Exact' && isBegin(each.path, path));
  if (exact !== undefined) {
    return `The path ${exact.path} is Exact and takes ${exact.path} alone: make it Prefix to take what is below it`;
  }
  const caseless = paths.find(each => each.path !== path && each.path.toLowerCase() === bare.toLowerCase());
  if (caseless !== undefined && caseless.path !== bare) {
    return `The path ${caseless.path} has other capitals, which count; with use-regex: "true" they do not`;
  }
  const begin = paths.find(each => each.pathType === 'Prefix' && path.startsWith(each.path) && each.path !== '/');
  if (begin !== undefined) {
    return `The prefix ${begin.path} takes ${begin.path} and what is below ${begin.path}/, not ${path}: prefixes end at a slash`;
  }
  const regex = paths.find(each => /[\\^$*+?()[\]{}|]/.test(each.path) && each.location.match !== 'regex');
  if (regex !== undefined) {
    return `The path ${regex.path} is not read as a regular expression: set use-regex: "true" on its Ingress, with pathType ImplementationSpecific`;
  }
  const near = suggestNear(
    path,
    paths.map(each => each.path),
  );
  return near === undefined ? undefined : `The nearest path is ${near}`;
}

function isBegin(begin: string, path: string): boolean {
  return path.startsWith(begin) && path !== begin;
}

/** Nobody is there behind a Service. */
function adviceForService({ service, notReady, reason }: StatusTarget): readonly string[] {
  if (service === undefined) return [];
  const name = service.replace(/:[^:]*$/, '');
  const [namespace = '', only = ''] = name.split('/');
  if (/has no (?:\w+ )?port/.test(reason)) {
    const where = `kubectl get service -n ${namespace} ${only} shows them`;
    return [
      `Name a port of Service ${name} in the backend, as it stands in spec.ports: its number or its name; ${where}`,
    ];
  }
  if (notReady !== undefined && notReady > 0) {
    return [
      `Make the pods of Service ${name} ready (${notReady} ${notReady === 1 ? 'is' : 'are'} not): kubectl get endpointslices -n ${namespace} shows them`,
    ];
  }
  if (/is not in the input/.test(reason)) {
    return [
      `Add Service ${name} to the input, or correct the name in the backend: a Service must be in the namespace of its Ingress`,
    ];
  }
  return [
    `Make the selector of Service ${name} fit the labels of its pods, and the pods ready: kubectl get endpointslices -n ${namespace} shows them`,
  ];
}

/** The location is closed, since it cannot be told who may enter it or what is asked for. */
function adviceForClosed({ service, reason, code }: StatusTarget, { from }: Location): readonly string[] {
  if (service !== undefined) return [];
  const whose = from[0] === undefined ? 'the Ingress' : objectText(from[0].resource);
  const where = 'ingress2nginx lint shows the place and the way out';
  if (/auth-type is missing/.test(reason)) return [`Add auth-type: basic to ${whose}, or remove auth-secret`];
  if (/its users are not known/.test(reason)) {
    return [`Add the Secret of auth-secret to the input, with the users under the key "auth": ${where}`];
  }
  if (/snippets? (?:is|are)|snippet/.test(reason)) {
    return [`Correct the snippet of ${whose}, or allow snippets: ${where}`];
  }
  if (/ConfigMap of custom-headers is missing/.test(reason)) {
    return [`Add the ConfigMap that custom-headers of ${whose} names to the input, or remove custom-headers: ${where}`];
  }
  if (/custom-headers/.test(reason)) return [`Correct the ConfigMap that ${whose} names (${reason}): ${where}`];
  const closes =
    code === 403 ? 'the whole host is closed' : 'access control that cannot be reproduced closes its paths';
  return [`Correct ${whose} (${reason}): ${closes}; ${where}`];
}
