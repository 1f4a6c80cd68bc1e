import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { below, objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { IngressBackend, IngressPath, IngressRule } from '../resources/model.ts';
import type { WrittenPath } from '../routing/model.ts';
import { givesWay, restClaim } from './dropped.ts';
import type { Claim } from './claims.ts';
import { areStored, reportOverlap } from './overlaps.ts';
import type { IngressPlan } from './plan.ts';
import { resourceBackend } from './rules/backends.ts';
import { pathConflict } from './rules/paths.ts';

/** The name of the server that answers for all hosts that no Ingress has. */
export const DEFAULT_HOST = '_';

/** A path of a host, before it becomes nginx locations. */
export interface PathDraft {
  /** Begins with `/`. */
  readonly path: string;
  /** As the controller reads path types: what is not Exact is a prefix. */
  readonly isExact: boolean;
  /** As the rule has it; undefined for what no rule asks for. */
  readonly written: WrittenPath | undefined;
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
  /** Why it answers 503, although its Ingress does not. */
  readonly closed?: string;
}

export interface HostDraft {
  readonly host: string;
  /** The Ingresses with a rule for the host, the oldest first. */
  readonly plans: IngressPlan[];
  readonly from: Provenance[];
  /** By path type and path, in the order in which they came. */
  readonly paths: Map<string, PathDraft>;
  /** Those that take a share of others, and ask for something that guards the whole host. Missing: none. */
  readonly guards?: readonly IngressPlan[];
}

/** The key of a path in `HostDraft.paths`. */
export function keyOfPath(path: string, isExact: boolean): string {
  return `${isExact ? '=' : '^'}${path}`;
}

/** A host in words. */
export function shownHost({ host }: Pick<HostDraft, 'host'>): string {
  return host === DEFAULT_HOST ? 'the default server' : host;
}

const ROOT = keyOfPath('/', false);

function emptyDraft(host: string, root: PathDraft): HostDraft {
  return { host, plans: [], from: [], paths: new Map([[ROOT, root]]) };
}

/**
 * An Ingress without rules takes the rest of the default server over; the oldest one does. It comes before rules for
 * `/` without host, however old they are.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers.
 */
function takeCatchAll(draft: HostDraft, plan: IngressPlan, report: Report): void {
  const backend = plan.ingress.defaultBackend;
  if (backend === undefined) return;
  const from = { resource: plan.name, field: backend.at };
  const current = draft.paths.get(ROOT);
  if (current?.plan === undefined || givesWay(current.plan, plan)) {
    const written = undefined;
    draft.paths.set(ROOT, { path: '/', isExact: false, written, backend, plan, from: [from], origin: 'catch-all' });
    draft.from.push(from);
    return;
  }
  if (plan.isDropped) return;
  const related = current.from.map(({ resource, field }) => ({ message: `${objectText(resource)} has it`, at: field }));
  const message = `other hosts have a catch-all already: ${objectText(current.plan.name)}${whyFirst(current.plan, plan)}`;
  const help = 'remove one of the two, or give this one a host';
  report({ rule: pathConflict, message, help, at: backend.at, related });
}

function reportResource(backend: IngressBackend | undefined, report: Report): void {
  if (backend?.kind !== 'resource') return;
  const message = `a backend of kind "${backend.resource}" cannot be served: its locations answer 503`;
  report({ rule: resourceBackend, message, help: 'name a Service', at: backend.at });
}

/** Whether an Ingress meant as an expression what another one has as a text: it closes more. */
function isExpressionOf(plan: IngressPlan, holder: IngressPlan, path: string): boolean {
  return plan.meantRegex?.(path) === true && holder.meantRegex?.(path) !== true;
}

/** Most paths are neither: they take no spreading. */
function writtenAs(
  pathType: WrittenPath['pathType'],
  path: string,
  { isStored, isGuarded }: { readonly isStored: boolean; readonly isGuarded: boolean },
): WrittenPath {
  if (!isStored && !isGuarded) return { path, pathType };
  return { path, pathType, ...(isStored ? { isStored } : {}), ...(isGuarded ? { isGuarded } : {}) };
}

/** Adds a path of a rule to its host, unless an older one has it. */
function addPath(draft: HostDraft, plan: IngressPlan, item: IngressPath, report: Report): void {
  reportResource(item.backend, report);
  const path = item.path === '' ? '/' : item.path;
  const isExact = item.pathType === 'Exact';
  const key = keyOfPath(path, isExact);
  const from = { resource: plan.name, field: below(item.at, 'path') };
  const holder = draft.paths.get(key);
  const other = draft.paths.get(keyOfPath(path, !isExact));
  if (other !== undefined)
    reportOverlap(other, { plan, item: { path, isExact }, from, host: shownHost(draft) }, report);
  const isWider = plan.isDropped && holder?.plan?.isDropped === true && isExpressionOf(plan, holder.plan, path);
  if (holder === undefined || holder.origin === 'rest' || givesWay(holder.plan, plan) || isWider) {
    // Only the API server gives objects an age.
    const isStored = plan.ingress.createdAt !== undefined || plan.mayHaveAnyPath;
    const isGuarded = plan.isGuarded && !plan.ingress.isRefused;
    const written = writtenAs(item.pathType, path, { isStored, isGuarded });
    // The order of the paths is that of their ages.
    if (holder !== undefined && holder.origin !== 'rest') draft.paths.delete(key);
    draft.paths.set(key, { path, isExact, written, backend: item.backend, plan, from: [from], origin: 'rule' });
    return;
  }
  // What is wrong with an Ingress that dropped out has been said; it takes nothing from others.
  if (!plan.isDropped) reportConflict({ draft, plan, holder, from, item: { path, isExact } }, report);
}

interface Conflict {
  readonly draft: HostDraft;
  readonly plan: IngressPlan;
  readonly holder: PathDraft;
  readonly from: Provenance;
  readonly item: Pick<PathDraft, 'path' | 'isExact'>;
}

function reportConflict({ draft, plan, holder, from, item }: Conflict, report: Report): void {
  const [winner] = holder.from;
  const isTwice = winner !== undefined && holder.plan === plan;
  const name = winner === undefined ? '' : ` and is served by ${objectText(winner.resource)}`;
  const problem = isTwice ? 'appears twice in this Ingress' : `is taken${name}${winsOver(holder, plan)}`;
  report({
    rule: pathConflict,
    message: `${item.isExact ? 'Exact' : 'Prefix'} path "${item.path}" of ${shownHost(draft)} ${problem}`,
    help: isTwice ? 'remove one of the two; the first one is served' : helpAgainst(holder, plan),
    at: from.field,
    related: winner === undefined ? [] : [{ message: `${objectText(winner.resource)} has it`, at: winner.field }],
  });
}

function helpAgainst({ origin, plan: holder }: PathDraft, plan: IngressPlan): string {
  const help = 'remove one of the two';
  return origin === 'rule' && !areStored(holder, plan) ? `${help}: the admission webhook rejects the second one` : help;
}

/** Why the holder of a path keeps it, as the end of a sentence. */
function winsOver({ origin, plan: holder }: PathDraft, plan: IngressPlan): string {
  if (origin === 'catch-all') return ': an Ingress without rules has the default server first';
  return whyFirst(holder, plan);
}

function whyFirst(holder: Pick<IngressPlan, 'ingress'> | undefined, { ingress }: Pick<IngressPlan, 'ingress'>): string {
  const [age, other] = [holder?.ingress.createdAt, ingress.createdAt];
  if (age === other) {
    const why = age === undefined ? 'neither has an age' : 'both have the same age';
    return `, by name, since ${why} (the last in the alphabet wins)`;
  }
  if (age === undefined || other === undefined) return ': one without creationTimestamp counts as the oldest';
  return `, which is older (${dayOf(age, other)} against ${dayOf(other, age)})`;
}

/** The day of a time, with the hour where another time is of the same day. */
function dayOf(time: number, other: number): string {
  const [text, otherText] = [time, other].map(each => new Date(each).toISOString());
  const isSameDay = text?.slice(0, 10) === otherText?.slice(0, 10);
  return (isSameDay ? text?.replace('.000Z', 'Z') : text?.slice(0, 10)) ?? '';
}

/** A host as the first Ingress brings it: its default backend and its annotations hold for what no rule takes. */
function firstDraft(host: string, { plan, rule }: Claim): HostDraft {
  const backend = plan.ingress.defaultBackend;
  const from = [{ resource: plan.name, field: backend?.at ?? placeOf(rule) }];
  return emptyDraft(host, { path: '/', isExact: false, written: undefined, backend, plan, from, origin: 'rest' });
}

function placeOf(rule: IngressRule): FieldRef {
  return rule.host === '' ? rule.at : below(rule.at, 'host');
}

/** Says which default backends are none that can be served. */
export function reportDefaultBackends(plans: readonly IngressPlan[], report: Report): void {
  for (const { ingress } of plans) reportResource(ingress.defaultBackend, report);
}

function addClaims(draft: HostDraft, claims: readonly Claim[], report: Report): void {
  for (const { plan, rule } of claims) {
    if (draft.plans.at(-1) !== plan) {
      draft.plans.push(plan);
      draft.from.push({ resource: plan.name, field: placeOf(rule) });
    }
    for (const item of rule.paths ?? []) addPath(draft, plan, item, report);
  }
}

/**
 * A host with its paths. It gets a location `/` for the rest, with the default backend and the annotations of the Ingress
 * that brought it.
 *
 * @param claims of the oldest Ingress first: of two equal paths the first wins; not empty
 */
export function draftHost(host: string, claims: readonly Claim[], report: Report): HostDraft {
  const first = restClaim(claims);
  if (first === undefined) throw new Error(`nobody wants the host ${host}`);
  const draft = firstDraft(host, first);
  addClaims(draft, claims, report);
  return draft;
}

/** Whether an Ingress has a default backend and no rules. */
export function isCatchAll({ ingress }: IngressPlan): boolean {
  return ingress.rules.length === 0 && ingress.defaultBackend !== undefined;
}

/**
 * The server that answers for all other hosts. An Ingress without rules may take its rest over.
 *
 * @param catchAlls the oldest first
 */
export function draftDefaultHost(
  catchAlls: readonly IngressPlan[],
  claims: readonly Claim[],
  report: Report,
): HostDraft {
  const untouched = { path: '/', isExact: false, written: undefined, backend: undefined, plan: undefined, from: [] };
  const draft = emptyDraft(DEFAULT_HOST, { ...untouched, origin: 'rest' });
  for (const plan of catchAlls) takeCatchAll(draft, plan, report);
  addClaims(draft, claims, report);
  return draft;
}
