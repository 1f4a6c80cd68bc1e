import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../resources/model.ts';
import type { IngressPlan } from './plan.ts';
import { cameFrom } from './plan.ts';
import { pathConflict, resourceBackend } from './rules.ts';

/** The name of the server that answers for all hosts that no Ingress has. */
export const DEFAULT_HOST = '_';

/** A path of a host, before it becomes nginx locations. */
export interface PathDraft {
  /** Begins with `/`. */
  readonly path: string;
  /** As the controller reads path types: what is not Exact is a prefix. */
  readonly isExact: boolean;
  /** Undefined: the default backend of the installation. */
  readonly backend: IngressBackend | undefined;
  /** Undefined only for `/` of a default server that no Ingress took over. */
  readonly plan: IngressPlan | undefined;
  readonly from: readonly Provenance[];
  /**
   * `rule`: a path of a rule. `rest`: made by us for the rest of the host, and given up as soon as a rule wants `/`.
   * `catch-all`: the rest of the default server, taken over by an Ingress without rules.
   */
  readonly origin: 'rule' | 'rest' | 'catch-all';
}

export interface HostDraft {
  readonly host: string;
  /** The Ingresses with a rule for the host, the oldest first. */
  readonly plans: IngressPlan[];
  readonly from: Provenance[];
  /** By path type and path, in the order in which they came. */
  readonly paths: Map<string, PathDraft>;
}

/** The key of a path in `HostDraft.paths`. */
export function keyOfPath(path: string, isExact: boolean): string {
  return `${isExact ? '=' : '^'}${path}`;
}

/** A host in words. */
export function shownHost({ host }: HostDraft): string {
  return host === DEFAULT_HOST ? 'the default server' : host;
}

const ROOT = keyOfPath('/', false);

function draftHost(host: string, root: PathDraft): HostDraft {
  return { host, plans: [], from: [], paths: new Map([[ROOT, root]]) };
}

/** An Ingress with the Service that gets what its rules leave. */
interface Contender {
  readonly plan: IngressPlan;
  readonly rest: IngressBackend | undefined;
}

/** The default backend of an Ingress; undefined if it has none, or, which is said, none that is a Service. */
function defaultBackendOf({ defaultBackend }: Ingress, report: Report): IngressBackend | undefined {
  return defaultBackend === undefined || isResource(defaultBackend, report) ? undefined : defaultBackend;
}

/**
 * An Ingress without rules takes the rest of the default server over; the oldest one does. It comes before rules for
 * `/` without host, however old they are.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers.
 */
function takeCatchAll(draft: HostDraft, { plan, rest: backend }: Contender, report: Report): void {
  if (plan.ingress.rules.length > 0 || backend === undefined) return;
  const from = cameFrom(plan.ingress, backend.at);
  const current = draft.paths.get(ROOT);
  if (current?.plan === undefined) {
    draft.paths.set(ROOT, { path: '/', isExact: false, backend, plan, from: [from], origin: 'catch-all' });
    draft.from.push(from);
    return;
  }
  const related = current.from.map(({ resource, field }) => ({ message: `${resource} has it`, at: field }));
  report({ rule: pathConflict, message: 'another Ingress is the catch-all already', at: backend.at, related });
}

function isResource(backend: IngressBackend, report: Report): boolean {
  if (backend.kind !== 'resource') return false;
  const help = 'name a Service';
  report({
    rule: resourceBackend,
    message: `a backend of kind "${backend.resource}" cannot be served`,
    help,
    at: backend.at,
  });
  return true;
}

/** Adds a path of a rule to its host, unless an older one has it. */
function addPath(draft: HostDraft, plan: IngressPlan, item: IngressPath, report: Report): void {
  if (isResource(item.backend, report)) return;
  const path = item.path === '' ? '/' : item.path;
  const isExact = item.pathType === 'Exact';
  const key = keyOfPath(path, isExact);
  const from = cameFrom(plan.ingress, below(item.at, 'path'));
  const holder = draft.paths.get(key);
  if (holder === undefined || holder.origin === 'rest') {
    draft.paths.set(key, { path, isExact, backend: item.backend, plan, from: [from], origin: 'rule' });
    return;
  }
  // What is wrong with a refused Ingress has been said; it takes nothing from others.
  if (plan.ingress.isRefused) return;
  const [winner] = holder.from;
  const isTwice = winner !== undefined && holder.plan === plan;
  const name = winner === undefined ? '' : ` and is served by ${winner.resource}`;
  const problem = isTwice ? 'stands twice in this Ingress' : `is taken${name}`;
  report({
    rule: pathConflict,
    message: `${isExact ? 'Exact' : 'Prefix'} path "${path}" of ${shownHost(draft)} ${problem}`,
    help: isTwice ? 'remove one of the two; the first one is served' : winsOver(holder),
    at: from.field,
    related: winner === undefined ? [] : [{ message: `${winner.resource} has it`, at: winner.field }],
  });
}

function winsOver({ origin }: PathDraft): string {
  return origin === 'catch-all'
    ? 'remove one of the two; an Ingress without rules has the default server first'
    : 'remove one of the two; the oldest Ingress wins';
}

/** A host as the first Ingress brings it: its default backend and its annotations hold for what no rule takes. */
function firstDraft(rule: IngressRule, { plan, rest: backend }: Contender): HostDraft {
  const from = [cameFrom(plan.ingress, backend?.at ?? placeOf(rule))];
  return draftHost(rule.host, { path: '/', isExact: false, backend, plan, from, origin: 'rest' });
}

function placeOf(rule: IngressRule): FieldRef {
  return rule.host === '' ? rule.at : below(rule.at, 'host');
}

/**
 * Distributes the paths of all Ingresses over hosts. A host that is met for the first time gets a location `/` for the
 * rest, with the default backend and the annotations of the Ingress that brought it.
 *
 * @param plans the oldest first: of two equal paths the first wins
 */
export function draftHosts(plans: readonly IngressPlan[], report: Report): readonly HostDraft[] {
  const untouched = { path: '/', isExact: false, backend: undefined, plan: undefined, from: [] };
  const defaultDraft = draftHost(DEFAULT_HOST, { ...untouched, origin: 'rest' });
  const drafts = new Map<string, HostDraft>([[DEFAULT_HOST, defaultDraft]]);
  const contenders = plans.map(plan => ({ plan, rest: defaultBackendOf(plan.ingress, report) }));
  for (const contender of contenders) takeCatchAll(defaultDraft, contender, report);
  for (const contender of contenders) {
    const { plan } = contender;
    for (const rule of plan.ingress.rules) {
      const host = rule.host === '' ? DEFAULT_HOST : rule.host;
      const draft = drafts.get(host) ?? firstDraft(rule, contender);
      drafts.set(host, draft);
      if (draft.plans.at(-1) !== plan) {
        draft.plans.push(plan);
        draft.from.push(cameFrom(plan.ingress, placeOf(rule)));
      }
      for (const item of rule.paths ?? []) addPath(draft, plan, item, report);
    }
  }
  return [...drafts.values()];
}
