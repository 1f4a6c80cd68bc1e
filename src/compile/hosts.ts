import type { Report } from '../diagnostics/diagnostic.ts';
import { below } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { IngressBackend, IngressPath } from '../resources/model.ts';
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
  /** Made by us for the rest of the host, and given up as soon as a rule wants `/`. */
  readonly isImplicit: boolean;
}

export interface HostDraft {
  readonly host: string;
  /** The Ingresses with a rule for the host, the oldest first. */
  readonly plans: IngressPlan[];
  readonly from: Provenance[];
  /** By path type and path, in the order in which they came. */
  readonly paths: Map<string, PathDraft>;
}

function keyOf(path: string, isExact: boolean): string {
  return `${isExact ? '=' : '^'}${path}`;
}

const ROOT = keyOf('/', false);

function draftHost(host: string, root: PathDraft): HostDraft {
  return { host, plans: [], from: [], paths: new Map([[ROOT, root]]) };
}

/**
 * An Ingress without rules takes the rest of the default server over; the first one does.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers.
 */
function takeCatchAll(draft: HostDraft, plan: IngressPlan, report: Report): void {
  const { ingress } = plan;
  const { defaultBackend: backend } = ingress;
  if (backend === undefined || ingress.rules.length > 0 || isResource(backend, report)) return;
  const from = cameFrom(ingress, backend.at);
  const current = draft.paths.get(ROOT);
  if (current?.plan === undefined) {
    draft.paths.set(ROOT, { path: '/', isExact: false, backend, plan, from: [from], isImplicit: true });
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
  const key = keyOf(path, isExact);
  const from = cameFrom(plan.ingress, below(item.at, 'path'));
  const holder = draft.paths.get(key);
  if (holder !== undefined && !holder.isImplicit) {
    const [winner] = holder.from;
    const name = winner === undefined ? '' : ` and is served by ${winner.resource}`;
    const host = draft.host === DEFAULT_HOST ? 'the default server' : draft.host;
    report({
      rule: pathConflict,
      message: `${isExact ? 'Exact' : 'Prefix'} path "${path}" of ${host} is taken${name}`,
      help: 'remove one of the two; the oldest Ingress wins',
      at: from.field,
      related: winner === undefined ? [] : [{ message: `${winner.resource} has it`, at: winner.field }],
    });
    return;
  }
  draft.paths.set(key, { path, isExact, backend: item.backend, plan, from: [from], isImplicit: false });
}

/**
 * Distributes the paths of all Ingresses over hosts. A host that is met for the first time gets a location `/` for the
 * rest, with the default backend and the annotations of the Ingress that brought it.
 *
 * @param plans the oldest first: of two equal paths the first wins
 */
export function draftHosts(plans: readonly IngressPlan[], report: Report): readonly HostDraft[] {
  const untouched = { path: '/', isExact: false, backend: undefined, plan: undefined, from: [], isImplicit: true };
  const defaultDraft = draftHost(DEFAULT_HOST, untouched);
  const drafts = new Map<string, HostDraft>([[DEFAULT_HOST, defaultDraft]]);
  for (const plan of plans) {
    takeCatchAll(defaultDraft, plan, report);
    const { ingress } = plan;
    for (const rule of ingress.rules) {
      const host = rule.host === '' ? DEFAULT_HOST : rule.host;
      if (!drafts.has(host)) {
        const at = ingress.defaultBackend?.at ?? (rule.host === '' ? rule.at : below(rule.at, 'host'));
        const backend = ingress.defaultBackend?.kind === 'service' ? ingress.defaultBackend : undefined;
        const from = [cameFrom(ingress, at)];
        drafts.set(host, draftHost(host, { path: '/', isExact: false, backend, plan, from, isImplicit: true }));
      }
      const draft = drafts.get(host) ?? defaultDraft;
      if (draft.plans.at(-1) !== plan) {
        draft.plans.push(plan);
        draft.from.push(cameFrom(ingress, rule.host === '' ? rule.at : below(rule.at, 'host')));
      }
      for (const item of rule.paths ?? []) addPath(draft, plan, item, report);
    }
  }
  return [...drafts.values()];
}
