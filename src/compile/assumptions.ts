import { isNear } from '../diagnostics/suggest.ts';
import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import type { Assumption, BackendFinding, Reached } from './reached.ts';
import { handMadeEndpoints, missingService, noReadyEndpoints, serviceElsewhere } from './rules/backends.ts';
import { assumedExternalResolver, assumedResolver } from './rules/resolvers.ts';

/** The address that kubeadm, kind and minikube give the cluster DNS. */
export const USUAL_CLUSTER_DNS = '10.96.0.10';

/** A way that was only assumed. */
export interface Assumed {
  readonly assumption: Assumption;
  /** `namespace/name` of the Service, or the host of a URL. */
  readonly service: string;
  /** Who names it. */
  readonly at: FieldRef;
}

/** Ways as they come to be assumed: each kind in its order, a Service once. */
export interface Assumptions {
  readonly add: (assumed: Assumed) => void;
  readonly of: (assumption: Assumption) => readonly Assumed[];
}

export function gatherAssumptions(): Assumptions {
  const all = new Map<Assumption, Map<string, Assumed>>();
  return {
    add(assumed) {
      const kind = all.get(assumed.assumption) ?? new Map<string, Assumed>();
      all.set(assumed.assumption, kind);
      if (!kind.has(assumed.service)) kind.set(assumed.service, assumed);
    },
    of: assumption => [...(all.get(assumption)?.values() ?? [])],
  };
}

/** `the Service a/b`, `3 Services (a/b, c/d and e/f)`, `9 Services (a/b, c/d, e/f and 6 more)`. */
function named(assumed: readonly Assumed[], noun: string): string {
  const names = listed(assumed.map(({ service }) => service));
  return assumed.length === 1 ? `the ${noun} ${names}` : `${assumed.length} ${noun}s (${names})`;
}

type Told = Pick<Finding, 'rule' | 'message' | 'help'>;

/** What is said of the places of Services, each once for the whole input. */
function toldOf(assumption: 'elsewhere' | 'unlisted', assumed: readonly Assumed[], services: Services): Told {
  const isOne = assumed.length === 1;
  if (assumption === 'elsewhere') {
    return {
      rule: serviceElsewhere,
      message: `${named(assumed, 'Service')} ${isOne ? 'is' : 'are'} not in the input, and ${isOne ? 'is' : 'are'} reached by DNS name`,
      help: `${meantServices(assumed, services)}add what is missing to the input, or correct the name; with --backend-address pod it answers 503`,
    };
  }
  return {
    rule: handMadeEndpoints,
    message: `the endpoints in the input are written by hand: ${named(assumed, 'Service')} ${isOne ? 'is' : 'are'} reached by cluster IP or DNS name`,
    help: 'where the input comes from a cluster, use --backend-address pod: a Service without endpoints answers 503 then',
  };
}

/** Those of the input, by `namespace/name`. */
type Services = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys' | 'size'>;

/** What is known of the place of Services. */
interface Places {
  readonly services: Services;
  readonly hasEndpoints: boolean;
}

/** `did you mean shop/web? `, for the first of those that are missing alone: looking for it takes its time. */
function meantServices([first]: readonly Assumed[], services: Services): string {
  const [namespace = '', name = ''] = first?.service.split('/') ?? [];
  let elsewhere: string | undefined;
  for (const key of services.keys()) {
    const other = key.slice(key.indexOf('/') + 1);
    if (key === `${namespace}/${other}` && isNear(other, name, name.length < 5 ? 1 : 2)) return `did you mean ${key}? `;
    if (other === name) elsewhere ??= key;
  }
  return elsewhere === undefined ? '' : `there is ${elsewhere} in another namespace; `;
}

/** Says what was assumed of the places of Services; nothing where the input holds none at all. */
export function reportAssumptions(assumptions: Assumptions, { services, hasEndpoints }: Places, report: Report): void {
  const isExpected = services.size === 0 && !hasEndpoints;
  for (const assumption of ['elsewhere', 'unlisted'] as const) {
    if (assumption === 'elsewhere' && isExpected) continue;
    const assumed = assumptions.of(assumption);
    const [first] = assumed;
    if (first !== undefined) report({ ...toldOf(assumption, assumed, services), at: first.at });
  }
}

/** Says at which DNS server names are looked up, where none is known. */
export function reportAssumedResolver(assumptions: Assumptions, report: Report): void {
  const [service] = assumptions.of('service-name');
  if (service !== undefined) {
    report({
      rule: assumedResolver,
      message: `Services are looked up at ${USUAL_CLUSTER_DNS}, the usual address of the cluster DNS`,
      help: 'name another with --resolver IP, add the Service kube-system/kube-dns to the input, or reach Services in another way with --backend-address',
      at: service.at,
    });
  }
  const external = assumptions.of('external-name');
  const hosts = assumptions.of('host-name');
  const names = external.length === 1 ? 'name' : 'names';
  if (external.length > 0) sayLookedUp(`the external ${names} of ${named(external, 'Service')}`, external, report);
  if (hosts.length > 0) sayLookedUp(named(hosts, 'host'), hosts, report);
}

function sayLookedUp(what: string, assumed: readonly Assumed[], report: Report): void {
  const [first] = assumed;
  if (first === undefined) return;
  report({
    rule: assumedExternalResolver,
    message: `${what} ${assumed.length === 1 ? 'is' : 'are'} looked up at ${USUAL_CLUSTER_DNS}, the usual address of the cluster DNS`,
    help: 'name the DNS server with --resolver IP, or take those of this machine with --resolver system',
    at: first.at,
  });
}

/** What is wrong with a backend, the Service `namespace/name`, if what is assumed of it is not so. */
export function findingOf(
  service: string,
  { assumptions, absent }: Pick<Reached, 'assumptions' | 'absent'>,
): BackendFinding | undefined {
  if (absent !== undefined) {
    const lacks = { kind: 'Service', key: absent } as const;
    const help = 'add it to the input, or correct the name';
    return { rule: missingService, message: `the Service ${absent} is not in the input`, help, lacks };
  }
  if (!assumptions.includes('unwritten')) return undefined;
  const lacks = { kind: 'Endpoints', key: service } as const;
  const message = `the Service ${service} has no selector, and the input holds no endpoints of it: nobody answers`;
  return { rule: noReadyEndpoints, message, help: 'give it a selector, or write its EndpointSlice', lacks };
}
