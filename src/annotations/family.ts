import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { ControllerConfig, SnippetMode } from '../options/config.ts';
import type { NginxModuleName } from '../options/nginx-modules.ts';
import type { Specs, Values } from '../options/option.ts';
import type { Ingress } from '../resources/model.ts';
import type { Protocol, RedirectCode, RequestTest, Target } from '../routing/model.ts';
import type { SecretFile } from '../routing/secret-files.ts';
import type { PolicyTypes, RoutePolicy, Scope } from '../routing/policies.ts';
import type { Statement } from '../routing/snippets.ts';
import type { Closed } from './closed.ts';
import type { Encryption } from './encryption.ts';
import type { FoundFacts, LocationFacts, ServerFacts } from './facts.ts';

/** What a family may look up. What it has looked at is known, so that a change of it makes its plans again. */
export type Tables = Pick<Cluster, 'secrets'> & {
  readonly configMaps: Pick<Cluster['configMaps'], 'get'>;
  readonly services: Pick<Cluster['services'], 'get'>;
};

/** What a plan is made of. */
export interface PlanContext {
  readonly ingress: Ingress;
  readonly tables: Tables;
  readonly config: ControllerConfig;
  readonly report: Report;
}

/** What `read` of a family gets besides the values of its annotations. */
export interface ReadContext<O> extends Omit<PlanContext, 'config'> {
  /** The options of the family. */
  readonly options: O;
  /** The place of an annotation of the family, undefined where the Ingress does not have it. */
  readonly written: (name: string) => FieldRef | undefined;
  /** The place of an option of the family, undefined where nobody wrote it or its text was refused. */
  readonly writtenOption: (name: string) => FieldRef | undefined;
  /** Annotations whose text their type refused: already reported. */
  readonly refused: ReadonlySet<string>;
  /** Which snippets are taken. */
  readonly snippets: SnippetMode;
  /** Whether the nginx that serves has a module that a stock one has not. */
  readonly hasModule: (name: NginxModuleName) => boolean;
  /** Whether annotations of the Ingress may name Secrets and ConfigMaps of a namespace. */
  readonly mayUse: (namespace: string) => boolean;
}

/** What `main` and `http` of a family get besides the values of its options. */
export interface OptionsContext {
  readonly tables: Tables;
  readonly report: Report;
  /** The place of an option, undefined where nobody wrote it or its text was refused. */
  readonly written: (name: string) => FieldRef | undefined;
  /** The same with the ConfigMap. */
  readonly source: (name: string) => Provenance | undefined;
  /** Puts a file beside nginx.conf; gives its id back. */
  readonly keep: (file: SecretFile) => string;
  /** Which snippets are taken. */
  readonly snippets: SnippetMode;
  /** Whether the nginx that serves has a module that a stock one has not. */
  readonly hasModule: (name: NginxModuleName) => boolean;
}

/** What `byDefault` of a family gets besides the values of its options. */
export type DefaultContext = Pick<OptionsContext, 'snippets' | 'written'>;

/** An Ingress that takes a part of the requests of another one, and no path of its own. */
export interface Share {
  /** The first that fits decides; else chance does. */
  readonly rules: readonly { readonly when: RequestTest; readonly isTaken: boolean }[];
  /** It gets `parts` of `of` requests. */
  readonly parts: number;
  readonly of: number;
  /** Clients stay with the side that has served them, where the other Ingress keeps sessions. */
  readonly isSticky: boolean;
}

/** A Service of whose requests another one takes a share. */
export interface Sharing {
  readonly main: BackendRef;
  readonly other: BackendRef;
  readonly share: Share;
}

/** What becomes of a policy of an upstream where another one takes a share of its requests. */
export interface SharedPolicy<P> {
  /** What is asked of the other one, whatever its own Ingress asks for. */
  readonly asks: P | undefined;
  /** Come before those of the share. */
  readonly rules: Share['rules'];
}

type Facts = { readonly server: ServerFacts; readonly location: FoundFacts };

/** What one Ingress asks of the upstream of a backend. */
export interface UpstreamClaim<A> {
  readonly asked: A;
  readonly ingress: Ingress;
  /**
   * The Ingress that makes the upstream in the controller, whatever it asks for: the oldest with a path to the backend, or
   * rather the youngest whose default backend it is.
   */
  readonly maker: Ingress;
}

type UpstreamPolicy<N extends string> = PolicyTypes['upstream'][N & keyof PolicyTypes['upstream']];

/** The scopes in which there is a policy of this name. */
type ScopesOf<N extends string> = { readonly [S in Scope]: N extends keyof PolicyTypes[S] ? S : never }[Scope];

/** The scopes whose policies families do not give as such. */
type OfRoutes<N extends string> = N extends RoutePolicy ? 'upstream' : never;

/**
 * What a family gives: one function for each scope in which `PolicyTypes` has its name. In `main` and `http` it is made of
 * the options alone, and holds where no location says otherwise; below it is what an Ingress asks for.
 */
type Gives<N extends string, O, A> = {
  readonly [S in ScopesOf<N> & ('main' | 'http')]: (
    options: O,
    context: OptionsContext,
  ) => PolicyTypes[S][N & keyof PolicyTypes[S]] | undefined;
} & {
  readonly [S in ScopesOf<N> & keyof Facts]: (
    asked: A,
    facts: Facts[S],
  ) => PolicyTypes[S][N & keyof PolicyTypes[S]] | undefined;
} & {
  /**
   * What all Ingresses that lead to a backend ask of it together, the oldest first; at least one does. All locations that
   * lead there share the upstream, those of Ingresses that ask for nothing, too.
   */
  readonly [S in Exclude<ScopesOf<N>, OfRoutes<N>> & 'upstream']: (
    claims: readonly [UpstreamClaim<A>, ...UpstreamClaim<A>[]],
    report: Report,
  ) => PolicyTypes[S][N & keyof PolicyTypes[S]] | undefined;
} & {
  /** What the options ask for where requests go that no Ingress takes. */
  readonly unclaimed?: (options: O) => PolicyTypes['location'][N & keyof PolicyTypes['location']] | undefined;
  /** What its backends speak. */
  readonly protocol?: (asked: A) => Protocol;
  /** How connections to those of them are made that speak TLS. */
  readonly encryption?: (asked: A) => Encryption;
  /** Makes the Ingress one that takes a share of others. */
  readonly share?: (asked: A) => Share | undefined;
  /** What a Service that takes a share has of what is asked of the upstream of the other one. */
  readonly shared?: (asks: UpstreamPolicy<N>, sharing: Sharing) => SharedPolicy<UpstreamPolicy<N>>;
  /** Further names of its hosts, as the routing has them. */
  readonly aliases?: (asked: A) => readonly string[];
  /** The status with which requests for the other name of its hosts, with `www.` or without, are sent to them. */
  readonly www?: (asked: A) => RedirectCode | undefined;
  /** Whether TLS connections for its hosts go to a backend as they are. */
  readonly passesTls?: (asked: A) => boolean;
  /** What stands in stream{}. */
  readonly stream?: (asked: A) => readonly Statement[];
  /** Leads requests elsewhere than the path does. */
  readonly target?: (asked: A, found: Target, facts: LocationFacts) => Target;
};

/** For families that guard something: the rule for values that their type refuses; they close the door, too. */
export interface InvalidGuard {
  readonly rule: Rule;
  readonly isDropped: (name: string, text: string) => boolean;
  /** Values that the controller reads and then ignores: the default is used, and closes nothing. */
  readonly isIgnored?: (name: string, text: string) => boolean;
  /** The annotations of which this is true; without it, all. */
  readonly of?: readonly string[];
}

/** A family: its annotations and options as data, and what they come to. */
export interface FamilyDefinition<N extends string, S extends Specs, O extends Specs, A> {
  /** That of its policies. */
  readonly name: N;
  readonly annotations: S;
  /** The options behind them. One of several families is the same object in each, like an annotation of several. */
  readonly options: O;
  /** The annotation that switches the family on: without it the others are not read, as in the controller. */
  readonly switchedOnBy?: keyof S & string;
  readonly invalid?: InvalidGuard;
  /** Once for each Ingress that has one of the annotations: what it asks for. Reports what is wrong beyond single values. */
  readonly read: (values: Values<S>, context: ReadContext<Values<O>>) => A | Closed<A> | undefined;
  /** What the options ask for in every Ingress that has none of the annotations. */
  readonly byDefault?: (options: Values<O>, context: DefaultContext) => A | undefined;
  /** Which of the annotations decided; without it, all that are written. */
  readonly askers?: (values: Values<S>, isGiven: (name: keyof S & string) => boolean) => readonly (keyof S & string)[];
  readonly gives: Gives<N, Values<O>, A>;
  /** Whether its policy of servers keeps somebody out: hosts of an Ingress that asks for it and drops out are closed. */
  readonly guardsHost?: (asked: A) => boolean;
  /** Of several Ingresses of a host that ask for something else, the one with the longest path decides; else the oldest. */
  readonly isOfLongestPath?: true;
  /** Whether a location with this path makes nginx match all paths of the host as regular expressions. */
  readonly wantsRegex?: (asked: A, path: string) => boolean;
}

/** A family whose types are closed over, so that all of them can be run alike. Made by `defineFamily` alone. */
export interface Family {
  readonly name: string;
  readonly annotations: Specs;
  readonly options: Specs;
  readonly switchedOnBy?: string;
  readonly invalid?: InvalidGuard;
  // Methods, whose parameters TypeScript compares loosely: each family gets what it asked for itself.
  read(values: object, context: ReadContext<object>): unknown;
  byDefault?(options: object, context: DefaultContext): unknown;
  askers?(values: object, isGiven: (name: string) => boolean): readonly string[];
  guardsHost?(asked: unknown): boolean;
  readonly isOfLongestPath?: true;
  readonly gives: {
    main?(options: object, context: OptionsContext): unknown;
    http?(options: object, context: OptionsContext): unknown;
    server?(asked: unknown, facts: ServerFacts): unknown;
    location?(asked: unknown, facts: FoundFacts): unknown;
    upstream?(claims: readonly UpstreamClaim<unknown>[], report: Report): unknown;
    unclaimed?(options: object): unknown;
    protocol?(asked: unknown): Protocol;
    encryption?(asked: unknown): Encryption;
    share?(asked: unknown): Share | undefined;
    shared?(asks: unknown, sharing: Sharing): SharedPolicy<unknown>;
    aliases?(asked: unknown): readonly string[];
    www?(asked: unknown): RedirectCode | undefined;
    stream?(asked: unknown): readonly Statement[];
    passesTls?(asked: unknown): boolean;
    target?(asked: unknown, found: Target, facts: LocationFacts): Target;
  };
  wantsRegex?(asked: unknown, path: string): boolean;
}

/** Makes a family of its definition. A function for a scope that is forgotten, or is one too many, does not compile. */
export function defineFamily<const N extends string, S extends Specs, O extends Specs, A>(
  definition: FamilyDefinition<N, S, O, A>,
): Family & { readonly name: N; readonly annotations: S; readonly options: O };
export function defineFamily(definition: Family): Family {
  return definition;
}
