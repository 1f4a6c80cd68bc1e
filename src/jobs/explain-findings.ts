import { isUnread } from '../answers/explain/incomplete.ts';
import type { PlacedExplanation } from '../answers/explain/placed.ts';
import { namesLike } from '../compile/concerned.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortUnplaced } from '../diagnostics/located.ts';
import type { Place } from '../diagnostics/place.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import { readHost } from '../routing/host-name.ts';
import type { ExplainAnswer } from './explain.ts';
import type { Loaded } from './loaded.ts';

export interface SortedFindings {
  /** Of the hosts that were asked for, of what the answer names, and of the input as a whole. */
  readonly concerning: readonly Diagnostic[];
  /** Of other hosts, each once. */
  readonly others: readonly Diagnostic[];
}

/** Kinds of objects of which each belongs to a few hosts; others, such as the controller's ConfigMap, concern all. */
const OF_HOSTS: ReadonlySet<string> = new Set(['Ingress', 'Service', 'Secret', 'Endpoints', 'EndpointSlice']);

/** Tells the findings that may have to do with an answer from those about other hosts. */
export function sortFindings(loaded: Loaded, { explanations }: ExplainAnswer): SortedFindings {
  const isForeign = foreignIn(loaded, explanations);
  const concerning: Diagnostic[] = [];
  const others: Diagnostic[] = [];
  for (const found of loaded.diagnostics) {
    const places = [found.at, ...(found.related ?? []).map(({ at }) => at)].filter(at => at !== undefined);
    const isOther = !isUnread(found) && places.length > 0 && places.every(isForeign);
    (isOther ? others : concerning).push(found);
  }
  return { concerning, others: sortUnplaced(others) };
}

/** Whether a place lies in an object of other hosts. */
function foreignIn(
  { ingresses, documents }: Loaded,
  explanations: readonly PlacedExplanation[],
): (place: Place) => boolean {
  const hosts = new Set(['', ...explanations.flatMap(({ request }) => namesLike(readHost(request.host) ?? ''))]);
  const named = new Set(explanations.flatMap(namesIn));
  const own = ingresses.filter(each => isOfHosts(each, hosts) || named.has(`${each.namespace}/${each.name}`));
  const ownDocuments = new Set(own.map(({ document }) => document));
  for (const each of own) for (const name of usedBy(each)) named.add(name);
  const foreign = new Set<string>();
  for (const { id, kind, namespace = 'default', name = '' } of documents) {
    const isOwn = ownDocuments.has(id) || named.has(`${namespace}/${name}`);
    if (OF_HOSTS.has(kind) && !isOwn) foreign.add(id);
  }
  return place => isFieldRef(place) && foreign.has(place.document);
}

function isOfHosts({ rules, defaultBackend }: Ingress, hosts: ReadonlySet<string>): boolean {
  return rules.some(({ host }) => hosts.has(host)) || (rules.length === 0 && defaultBackend !== undefined);
}

/** All that looks like `namespace/name` in an answer. */
function namesIn({ steps, outcome, advice }: PlacedExplanation): readonly string[] {
  const services = outcome.kind === 'backend' ? outcome.choices.map(({ service = '' }) => service) : [];
  const reasons = outcome.kind === 'backend' ? [] : [outcome.reason];
  const told = steps.flatMap(({ text, details, causes }) => [
    text,
    ...details,
    ...causes.map(({ object = '' }) => object),
  ]);
  return [...services, ...reasons, ...advice, ...told].flatMap(text => text.match(/[\w-]+\/[\w.-]+/g) ?? []);
}

/** The Services and Secrets of an Ingress. */
function usedBy({ namespace, defaultBackend, rules, tls }: Ingress): readonly string[] {
  const backends = [defaultBackend, ...rules.flatMap(({ paths = [] }) => paths.map(({ backend }) => backend))];
  const services = backends.flatMap(backend => (backend?.kind === 'service' ? [backend.service] : []));
  return [...services, ...tls.map(({ secretName }) => secretName)].map(name => `${namespace}/${name}`);
}
