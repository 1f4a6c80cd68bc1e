import type { ValueType } from './value-type.ts';

/** What stock nginx does otherwise than the controller, where it honours an option all the same. */
export interface Difference<T> {
  /** A clause in small letters, without a full stop: what clients or operators see. */
  readonly says: string;
  /** Whether it does so for this value; without it, for all. A method, whose parameter TypeScript compares loosely. */
  where?(value: T): boolean;
}

/** What an option is: all that its parsing, its documentation and its JSON Schema need. */
export interface OptionSpec<T> {
  readonly type: ValueType<T>;
  readonly default: T;
  /** A value that a reader of the docs may copy. */
  readonly example: string;
  /** Holds where the text is refused, for what must not fail open; without it, the default does. */
  readonly ifRefused?: T;
  /** One sentence. */
  readonly summary: string;
  /** Where the default comes from, if a ConfigMap option decides it. */
  readonly defaultFrom?: string;
  /** The name that took the place of its own, which counts where that one has no text. */
  readonly olderNameOf?: string;
  /** The directives of nginx that it becomes, such as `limit_req_zone, limit_req`; empty for what only decides about others. */
  readonly becomes: string;
  /** Each gives a note where it is written, and a line in docs/differences.md. */
  readonly differs?: readonly Difference<T>[];
}

export type Specs = Readonly<Record<string, OptionSpec<unknown>>>;

/** The values of a set of options, each with the type that its spec says. */
export type Values<S extends Specs> = { readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never };

/** An option that the controller knows and that is not honoured here. */
export interface RefusedOption {
  /** One sentence: what it does in the controller. */
  readonly summary: string;
  /** A clause: what is lost, and why. */
  readonly lost: string;
  /** Values that ask for nothing. */
  readonly neutral?: RegExp;
}

/** An option that the controller accepts, and that has no effect there either. */
export interface IdleOption {
  readonly summary: string;
  readonly isIdle: true;
}
