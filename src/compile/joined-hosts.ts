import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Remembered } from '../diagnostics/remember.ts';
import { remember } from '../diagnostics/remember.ts';
import type { HostDraft, PathDraft } from './hosts.ts';
import { DEFAULT_HOST } from './hosts.ts';
import type { Join, Joins, Party } from './joins.ts';
import { joinShares, mainKey } from './joins.ts';
import type { IngressPlan } from './plan.ts';
import { serviceOfCanary } from './rules/canary.ts';

/** Hosts, and who takes a share of the requests of their Services. */
export interface JoinedHosts {
  readonly hosts: readonly HostDraft[];
  /** By the key of the Service whose requests are shared. */
  readonly joins: ReadonlyMap<string, Join>;
}

/** Hosts from one compilation to the next. */
export interface JoinMemory {
  readonly all: Map<'all', Remembered<JoinedHosts>>;
  /** Those with closed paths or further guards, by what they were made of. */
  readonly closed: WeakMap<HostDraft, Remembered<HostDraft>>;
}

/** Joins that come to the same are the same objects as before. */
function recalled({ of }: Joins, before: ReadonlyMap<string, Join> | undefined): ReadonlyMap<string, Join> {
  if (before === undefined) return of;
  return new Map(
    Array.from(of, ([key, join]) => {
      const last = before.get(key);
      const isOld = last?.party === join.party && last.key === join.key && last.at === join.at;
      return [key, isOld ? last : join];
    }),
  );
}

/** A path of a rule that leads to the Service of somebody who takes a share: the controller drops it. */
interface TakenPath {
  readonly key: string;
  readonly path: PathDraft;
  readonly owner: Party;
}

/** @param names of the Services that are taken: they are found faster than keys are made */
function takenPaths({ paths }: HostDraft, { taken }: Joins, names: ReadonlySet<string>): readonly TakenPath[] {
  const found: TakenPath[] = [];
  for (const [key, path] of paths) {
    if (path.origin !== 'rule' || path.backend?.kind !== 'service' || !names.has(path.backend.service)) continue;
    const owner = taken.get(mainKey(path) ?? '')?.owner;
    if (owner !== undefined) found.push({ key, path, owner });
  }
  return found;
}

/** The same host with these paths closed: something broader would serve their requests. */
function closePaths(host: HostDraft, taken: readonly TakenPath[], report: Report): HostDraft {
  const paths = new Map(host.paths);
  for (const { key, path, owner } of taken) {
    const why = `its Service belongs to the canary ${objectText(owner.ingress)}`;
    const at = path.from[0]?.field;
    report({
      rule: serviceOfCanary,
      message: `the path "${path.path}" answers 503, since ${why}`,
      help: 'give the canary a Service of its own',
      ...(at === undefined ? {} : { at }),
    });
    paths.set(key, { ...path, closed: why });
  }
  return { ...host, paths };
}

/** Those that take a share of others and ask for something of whole hosts, by host. */
function guardsByHost(plans: readonly IngressPlan[]): ReadonlyMap<string, readonly IngressPlan[]> {
  const found = new Map<string, IngressPlan[]>();
  for (const plan of plans) {
    if (plan.share === undefined || plan.isDropped || (plan.policies?.server.length ?? 0) === 0) continue;
    for (const host of new Set(plan.ingress.rules.map(rule => rule.host || DEFAULT_HOST))) {
      found.set(host, [...(found.get(host) ?? []), plan]);
    }
  }
  return found;
}

interface Joining {
  readonly plans: readonly IngressPlan[];
  readonly hosts: readonly HostDraft[];
  readonly report: Report;
}

function joinAnew(
  { plans, hosts, report }: Joining,
  closed: JoinMemory['closed'] | undefined,
  last: JoinedHosts | undefined,
): JoinedHosts {
  const found = joinShares(plans, new Map(hosts.map(draft => [draft.host, draft])), report);
  const names = new Set(Array.from(found.taken.values(), ({ backend }) => backend.service));
  const guards = guardsByHost(plans);
  const made = hosts.map(host => {
    const taken = takenPaths(host, found, names);
    const own = guards.get(host.host);
    if (taken.length === 0 && own === undefined) return host;
    const facts = [...taken.flatMap(({ path, owner }) => [path, owner.ingress]), ...(own ?? [])];
    return remember(closed, host, { facts, report }, (_, report) => {
      const left = taken.length === 0 ? host : closePaths(host, taken, report);
      return own === undefined ? left : { ...left, guards: own };
    });
  });
  return { hosts: made, joins: recalled(found, last?.joins) };
}

/**
 * Joins what takes a share to what it takes a share of.
 *
 * @param plans the oldest first
 * @param hosts of those that take no share
 */
export function joinHosts(
  plans: readonly IngressPlan[],
  hosts: readonly HostDraft[],
  report: Report,
  { all, closed }: Partial<JoinMemory> = {},
): JoinedHosts {
  return remember(all, 'all', { facts: [...plans, ...hosts], report }, (_, report, last) =>
    joinAnew({ plans, hosts, report }, closed, last),
  );
}
