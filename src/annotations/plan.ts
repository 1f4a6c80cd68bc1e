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
import type { Readers } from './readers.ts';
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
  let lastAsks: readonly unknown[] = [];
  return facts => {
    const asks = plans.map(plan => give(plan, facts));
    if (asks.every(each => each === undefined)) return NONE;
    if (asks.every((each, index) => each === lastAsks[index])) return last;
    const found: Found = {};
    for (const [index, { family, from }] of plans.entries()) {
      if (asks[index] === undefined) continue;
      const before = last[family.name];
      found[family.name] = before?.asks === asks[index] ? before : { asks: asks[index], from };
    }
    last = found;
    lastAsks = asks;
    return found;
  };
}

/** Those that give something of a kind; the list of nobody is one for all Ingresses. */
function giving(plans: readonly FamilyPlan[], kind: keyof Family['gives']): readonly FamilyPlan[] {
  return plans.some(({ family }) => family.gives[kind] !== undefined)
    ? plans.filter(({ family }) => family.gives[kind] !== undefined)
    : NOBODY;
}

const NOBODY: readonly FamilyPlan[] = [];
const NEVER = (): Policies<never> => NONE;
const AS_FOUND = (found: Target): Target => found;

function planOf(plans: readonly FamilyPlan[]): PolicyPlan {
  const asking = plans.filter(({ asked }) => asked !== undefined);
  const locations = giving(asking, 'location');
  const targets = giving(asking, 'target');
  const [speaking] = giving(asking, 'protocol');
  const mayWantRegex = asking.some(({ family }) => family.wantsRegex !== undefined);
  return {
    location:
      locations.length === 0
        ? NEVER
        : recalling(locations, ({ family, asked }, facts: FoundFacts) => family.gives.location?.(asked, facts)),
    server: giving(asking, 'server'),
    upstream: giving(asking, 'upstream'),
    protocol: speaking?.family.gives.protocol?.(speaking.asked) ?? 'http',
    encryption: encryptionOf(asking),
    target:
      targets.length === 0
        ? AS_FOUND
        : (found, facts) =>
            targets.reduce((target, { family, asked }) => family.gives.target?.(asked, target, facts) ?? target, found),
    wantsRegex: mayWantRegex
      ? path => asking.some(({ family, asked }) => family.wantsRegex?.(asked, path) ?? false)
      : undefined,
    stream: streamOf(asking),
    aliases: aliasesOf(asking),
    www: wwwOf(asking),
    passesTls: asking.find(({ family, asked }) => family.gives.passesTls?.(asked))?.from,
    share: undefined,
    closes: allOf(plans, ({ closes }) => closes),
    differs: allOf(asking, ({ differs }) => differs),
  };
}

/** All that plans have of something that most of them have none of. */
function allOf<T>(plans: readonly FamilyPlan[], of: (plan: FamilyPlan) => readonly T[]): readonly T[] {
  return plans.every(plan => of(plan).length === 0) ? NOTHING : plans.flatMap(of);
}

const NOTHING: readonly never[] = [];

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

/** What the options ask for. */
interface DefaultPlans {
  /** Of each family that an Ingress has no annotation of. */
  readonly each: readonly FamilyPlan[];
  /** Of an Ingress without annotations. */
  readonly all: PolicyPlan;
  readonly unclaimed: Policies<'location'>;
}

function defaultPlans(families: readonly Family[], config: ControllerConfig): DefaultPlans {
  const each = families.map(family => planByDefault(family, config)).filter(plan => plan !== undefined);
  return { each, all: planOf(each), unclaimed: unclaimedOf(families, config) };
}

/** What an Ingress asks for that has annotations of families. */
function planOwn(
  touched: readonly Family[],
  byDefault: readonly FamilyPlan[],
  { context, readers }: { readonly context: PlanContext; readonly readers: Readers },
): PolicyPlan {
  const read = (family: Family): FamilyPlan => planFamily(family, context, readers.first);
  const sharing = touched.find(({ gives }) => gives.share !== undefined);
  const ofShare = sharing === undefined ? undefined : read(sharing);
  const share = ofShare?.asked === undefined ? undefined : ofShare.family.gives.share?.(ofShare.asked);
  // Whoever takes a share of others has no location of its own: what else it asks for is not even read, but for what
  // guards whole hosts.
  const isAsked = (family: Family): boolean =>
    share === undefined || family.gives.upstream !== undefined || family.guardsHost !== undefined;
  const plans: FamilyPlan[] = [];
  for (const family of touched) if (isAsked(family)) plans.push(ofShare?.family === family ? ofShare : read(family));
  for (const plan of byDefault) if (isAsked(plan.family) && !touched.includes(plan.family)) plans.push(plan);
  plans.sort((a, b) => readers.inOrder(a.family, b.family));
  const planned = planOf(plans);
  return share === undefined
    ? planned
    : { ...planned, closes: planned.closes.filter(({ closes }) => closes === 'host'), share };
}

/**
 * Makes a planner of families. An Ingress costs what its own annotations cost: the families that it has none of ask for
 * the same in every such Ingress.
 */
export function plannerOf(families: readonly Family[]): Planner {
  const readers = readersOf(families);
  const defaults = new WeakMap<ControllerConfig, DefaultPlans>();
  const defaultsOf = (config: ControllerConfig): DefaultPlans => {
    const known = defaults.get(config) ?? defaultPlans(families, config);
    defaults.set(config, known);
    return known;
  };
  return {
    main: context => ofOptions(families, 'main', context),
    http: context => ofOptions(families, 'http', context),
    unclaimed: config => defaultsOf(config).unclaimed,
    plan(context) {
      const { each, all } = defaultsOf(context.config);
      const touched = readers.touched(context.ingress);
      return touched.length === 0 ? all : planOwn(touched, each, { context, readers });
    },
    share: (asked, sharing, own) => shareOf(families, asked, sharing, own),
  };
}
