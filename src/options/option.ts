import type { ValueType } from './value-type.ts';

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
}

export type Specs = Readonly<Record<string, OptionSpec<unknown>>>;

/** The values of a set of options, each with the type that its spec says. */
export type Values<S extends Specs> = { readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never };

/** An option that is known but not built yet, so that it can be told from a misspelt one. */
export interface PlannedOption {
  readonly summary: string;
}
