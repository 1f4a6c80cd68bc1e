import type { FieldRef, Origin } from '../../diagnostics/place.ts';

/** Where somebody may move to, by the name that the command line has for it. */
export const TARGET_IDS = ['gateway-api', 'traefik', 'f5', 'haproxy'] as const;

export type TargetId = (typeof TARGET_IDS)[number];

/**
 * What becomes of something elsewhere: the same behaviour, perhaps under another name; a difference; nothing that does it;
 * or nobody has checked it. The best first.
 */
export const VERDICTS = ['same', 'differs', 'unchecked', 'none'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** A verdict with what to write, what differs, or what to do instead; and where that can be read. */
export interface Judgement {
  readonly verdict: Verdict;
  /** A clause. */
  readonly how: string;
  /** The URL of documentation or code, of the version of the target. */
  readonly source: string;
}

/** What is otherwise there, whatever the manifests ask for. */
export interface TargetNote {
  /** A clause. */
  readonly text: string;
  readonly source: string;
}

/** What there is to know of a target. */
export interface Target {
  readonly id: TargetId;
  readonly name: string;
  /** Which product and which way of using it is meant, a clause. */
  readonly product: string;
  /** The version that the verdicts were checked against. */
  readonly version: string;
  readonly notes: readonly TargetNote[];
  /** By name, without prefix: all annotations that ingress-nginx honours. */
  readonly annotations: ReadonlyMap<string, Judgement>;
  /** By name: the main options. */
  readonly options: ReadonlyMap<string, Judgement>;
  readonly shapes: ReadonlyMap<ShapeName, Judgement>;
}

/** What a move concerns besides annotations. */
export const SHAPE_NAMES = [
  'regexPaths',
  'implementationSpecific',
  'prefixPaths',
  'sharedHosts',
  'wildcardHosts',
  'defaultBackends',
  'tlsSecrets',
  'canaries',
] as const;

export type ShapeName = (typeof SHAPE_NAMES)[number];

/**
 * What becomes of it here: what the controller does, a difference that is noted, or a refusal; `idle` and `removed` have no
 * effect in the controller either.
 */
export const HERE_VERDICTS = ['same', 'differs', 'refused', 'idle', 'removed'] as const;

export type HereVerdict = (typeof HERE_VERDICTS)[number];

/** Where something is written, as people count; undefined where nobody knows. */
export type PlacedAt = Pick<Origin, 'file' | 'line' | 'column'> | undefined;

/** An annotation, an option or a shape that something has, and where that is written. */
export interface Use<At = FieldRef> {
  /** Without prefix, if it is one of the controller. */
  readonly name: string;
  readonly at: At;
}

/** An annotation with its text. */
export interface AnnotationUse extends Use {
  readonly text: string;
}

/** An Ingress that the controller serves, as far as a move concerns it. */
export interface MovingIngress {
  /** `namespace/name` */
  readonly name: string;
  readonly annotations: readonly AnnotationUse[];
  /** With prefix: those that the controller does not read. */
  readonly others: readonly Use[];
  readonly shapes: readonly { readonly name: ShapeName; readonly at: FieldRef }[];
}

/** What is asked. */
export interface MoveRequest {
  readonly ingresses: readonly MovingIngress[];
  /** Undefined where no ConfigMap was read. */
  readonly options: readonly Use[] | undefined;
  readonly targets: readonly Target[];
}

/** What becomes of something that is used. */
export interface Moved<At = FieldRef> extends Use<At> {
  /** The Ingresses that have it, in the order of the input; of an option none. */
  readonly ingresses: readonly string[];
  /** What becomes of it here, with the differences or reasons, each a clause. Missing for shapes: they are the same. */
  readonly here?: { readonly verdict: HereVerdict; readonly how: readonly string[] };
  readonly there: readonly ({ readonly target: TargetId } & Judgement)[];
}

/** An annotation under the prefix of the controller that it does not know. */
export interface UnknownUse<At = FieldRef> extends Use<At> {
  readonly ingresses: readonly string[];
  /** The one that was meant. */
  readonly meant?: string;
}

/** How many Ingresses come to which verdict, by the worst of all that they have. */
export interface MoveTotals {
  readonly ingresses: number;
  /** Those that have an annotation of the controller. */
  readonly withAnnotations: number;
  readonly here: Readonly<Record<'same' | 'differs' | 'refused', number>>;
  readonly there: readonly ({ readonly target: TargetId } & Readonly<Record<Verdict, number>>)[];
}

/** The whole answer. Lists are in the order of weight: what nobody can do first, then by number of Ingresses. */
/** What of the input could not be read, so that nothing of it is counted. */
export interface MigrationGap {
  readonly errors: number;
  /** The Ingresses that were not counted, as far as their names could be read: `shop/web`. */
  readonly ingresses: readonly string[];
}

export interface Migration<At = FieldRef> {
  /** Undefined where everything was read. */
  readonly incomplete?: MigrationGap;
  readonly targets: readonly Pick<Target, 'id' | 'name' | 'product' | 'version' | 'notes'>[];
  readonly totals: MoveTotals;
  readonly annotations: readonly Moved<At>[];
  /** Undefined where no ConfigMap was read. */
  readonly options?: readonly Moved<At>[];
  readonly shapes: readonly (Moved<At> & { readonly name: ShapeName })[];
  readonly unknown: readonly UnknownUse<At>[];
  /** Annotations that the controller does not read, with prefix. */
  readonly others: readonly UnknownUse<At>[];
}
