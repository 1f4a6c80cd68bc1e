import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import type { Protocol, Target } from '../routing/model.ts';
import type { Askers, Policies } from '../routing/policies.ts';
import type { Closed } from './closed.ts';
import type { AskedEncryption } from './encryption-plan.ts';
import { encryptionOf } from './encryption-plan.ts';
import type { Aliases, WwwRedirect } from './names-plan.ts';
import { aliasesOf, wwwOf } from './names-plan.ts';
import type { FoundFacts, LocationFacts } from './facts.ts';
import type { Family, PlanContext, Share, Sharing } from './family.ts';
import { readersOf } from './readers.ts';
import type { FamilyPlan, NotedDifference } from './family-plan.ts';
import { planByDefault, planFamily } from './family-plan.ts';
import type { Found, WholeContext } from './whole-plan.ts';
import { ofOptions, unclaimedOf } from './whole-plan.ts';
import type { StreamPart } from './plan-parts.ts';
import { streamOf } from './plan-parts.ts';

/** What an Ingress asks of all families. */
export interface PolicyPlan {
  readonly location: (facts: FoundFacts) => Policies<'location'>;
  /** Its part in what is asked of the servers of its hosts: settled over all Ingresses of a host. */
  readonly server: readonly FamilyPlan[];
  /** Its part in what is asked of the upstreams of its backends: settled when those of all Ingresses are known. */
  readonly upstream: readonly FamilyPlan[];
  /** What its backends speak. */
  readonly protocol: Protocol;
  /** How connections to those of them are made that speak TLS; undefined where nobody asks. */
  readonly encryption: AskedEncryption | undefined;
  /** Where requests go, given where the path leads. */
  readonly target: (found: Target, facts: LocationFacts) => Target;
  /** Undefined for no further names of its hosts. */
  readonly aliases: Aliases | undefined;
  /** Undefined where nobody asks for a redirect of the other name of its hosts, with `www.` or without. */
  readonly www: WwwRedirect | undefined;
  /** Who asks that TLS connections for its hosts go to a backend as they are; undefined where nobody does. */
  readonly passesTls: Askers | undefined;
  /** What it asks for in stream{}. */
  readonly stream: readonly StreamPart[];
  /** Whether a path is meant as a regular expression; undefined where none is. */
  readonly wantsRegex: ((path: string) => boolean) | undefined;
  /** Undefined for an Ingress that has paths of its own. */
  readonly share: Share | undefined;
  readonly closes: readonly Closed[];
  /** What nginx does otherwise than the controller. */
  readonly differs: readonly NotedDifference[];
}

/** Runs families over options and Ingresses. */
export interface Planner {
  readonly main: (context: WholeContext) => Policies<'main'>;
  readonly http: (context: WholeContext) => Policies<'http'>;
  /** What holds where requests go that no Ingress takes; the same object for the same options. */
  readonly unclaimed: (config: ControllerConfig) => Policies<'location'>;
  readonly plan: (context: PlanContext) => PolicyPlan;
  /** What a Service that takes a share has of what is asked of the upstream of the other one. */
  readonly share: (asked: Policies<'upstream'>, sharing: Sharing, own: OwnShare) => SharedPolicies;
}

/** What the Ingress that takes a share asks of its own Service: it holds where the other one has no say. */
export interface OwnShare {
  readonly ingress: Ingress;
  readonly plans: readonly FamilyPlan[];
}

/** What is asked of the upstream that takes a share, and the rules that come before those of the share. */
export interface SharedPolicies {
  readonly policies: Policies<'upstream'>;
  readonly rules: Share['rules'];
}

const NONE: Policies<never> & Found = Object.freeze({});

/** Makes policies, and gives the last object again if it would be an equal one: locations of an Ingress share them. */
function recalling<F>(
  plans: readonly FamilyPlan[],
  give: (plan: FamilyPlan, facts: F) => unknown,
): (facts: F) => Found {
  let last: Found = NONE;
  let size = 0;
  return facts => {
    const found: Found = {};
    let count = 0;
    let same = 0;
    for (const plan of plans) {
      const asks = give(plan, facts);
      if (asks === undefined) continue;
      const { name } = plan.family;
      const before = last[name];
      found[name] = before?.asks === asks ? before : { asks, from: plan.from };
      if (found[name] === before) same += 1;
      count += 1;
    }
    if (count === 0) return NONE;
    if (same === count && count === size) return last;
    last = found;
    size = count;
    return found;
  };
}

function planOf(plans: readonly FamilyPlan[]): PolicyPlan {
  const asking = plans.filter(({ asked }) => asked !== undefined);
  const those = (kind: keyof Family['gives']): readonly FamilyPlan[] =>
    asking.filter(({ family }) => family.gives[kind] !== undefined);
  const targets = those('target');
  const [speaking] = those('protocol');
  const expressions = asking.filter(({ family }) => family.wantsRegex !== undefined);
  return {
    location: recalling(those('location'), ({ family, asked }, facts) => family.gives.location?.(asked, facts)),
    server: those('server'),
    upstream: those('upstream'),
    protocol: speaking?.family.gives.protocol?.(speaking.asked) ?? 'http',
    encryption: encryptionOf(asking),
    target: (found, facts) =>
      targets.reduce((target, { family, asked }) => family.gives.target?.(asked, target, facts) ?? target, found),
    wantsRegex:
      expressions.length === 0
        ? undefined
        : path => expressions.some(({ family, asked }) => family.wantsRegex?.(asked, path) ?? false),
    stream: streamOf(asking),
    aliases: aliasesOf(asking),
    www: wwwOf(asking),
    passesTls: asking.find(({ family, asked }) => family.gives.passesTls?.(asked))?.from,
    share: undefined,
    closes: plans.flatMap(({ closes }) => closes),
    differs: asking.flatMap(({ differs }) => differs),
  };
}

function shareOf(
  families: readonly Family[],
  asked: Policies<'upstream'> & Found,
  sharing: Sharing,
  { ingress, plans }: OwnShare,
): SharedPolicies {
  const policies: Found = {};
  const rules: Share['rules'][number][] = [];
  for (const plan of plans) {
    const { gives } = plan.family;
    if (gives.shared !== undefined) continue;
    // With one claim there is nothing to say: nobody else leads there.
    const asks = gives.upstream?.([{ asked: plan.asked, ingress, maker: ingress }], () => undefined);
    if (asks !== undefined) policies[plan.family.name] = { asks, from: plan.from };
  }
  for (const { name, gives } of families) {
    const applied = asked[name];
    const shared = applied === undefined ? undefined : gives.shared?.(applied.asks, sharing);
    if (applied === undefined || shared === undefined) continue;
    if (shared.asks !== undefined) policies[name] = { asks: shared.asks, from: applied.from };
    rules.push(...shared.rules);
  }
  return { policies, rules };
}

/**
 * Makes a planner of families. An Ingress costs what its own annotations cost: the families that it has none of ask for
 * the same in every such Ingress.
 */
export function plannerOf(families: readonly Family[]): Planner {
  const readers = readersOf(families);
  /** Of what several families read, the first says what is wrong. */
  const saysOf = (family: Family) => (name: string) => readers.first(name) === family;
  const defaults = new WeakMap<ControllerConfig, DefaultPlans>();
  const defaultsOf = (config: ControllerConfig): DefaultPlans => {
    let known = defaults.get(config);
    if (known === undefined) {
      const byFamily = new Map(families.map(family => [family, planByDefault(family, config)]));
      known = {
        byFamily,
        all: planOf([...byFamily.values()].filter(plan => plan !== undefined)),
        unclaimed: unclaimedOf(families, config),
      };
      defaults.set(config, known);
    }
    return known;
  };
  return {
    main: context => ofOptions(families, 'main', context),
    http: context => ofOptions(families, 'http', context),
    unclaimed: config => defaultsOf(config).unclaimed,
    plan(context) {
      const { byFamily, all } = defaultsOf(context.config);
      const touched = readers.touched(context.ingress);
      if (touched.size === 0) return all;
      const plans = new Map<Family, FamilyPlan | undefined>();
      const planned = (family: Family): FamilyPlan | undefined => {
        if (!plans.has(family))
          plans.set(family, touched.has(family) ? planFamily(family, context, saysOf(family)) : byFamily.get(family));
        return plans.get(family);
      };
      // Whoever takes a share of others has no location of its own: what else it asks for is not even read, but for
      // what guards whole hosts.
      for (const family of families) {
        const asked = family.gives.share === undefined ? undefined : planned(family)?.asked;
        const share = asked === undefined ? undefined : family.gives.share?.(asked);
        if (share === undefined) continue;
        const others = families
          .filter(family => family.gives.upstream !== undefined || family.guardsHost !== undefined)
          .map(planned)
          .filter(plan => plan !== undefined);
        const closes = others.flatMap(plan => plan.closes).filter(({ closes }) => closes === 'host');
        return { ...planOf(others), closes, share };
      }
      return planOf(families.map(planned).filter(plan => plan !== undefined));
    },
    share: (asked, sharing, own) => shareOf(families, asked, sharing, own),
  };
}

interface DefaultPlans {
  readonly byFamily: ReadonlyMap<Family, FamilyPlan | undefined>;
  readonly all: PolicyPlan;
  readonly unclaimed: Policies<'location'>;
}
