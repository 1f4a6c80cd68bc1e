import { suggest } from '../diagnostics/suggest.ts';
import type { OptionSpec } from '../options/option.ts';

/**
 * How far an annotation or an option of the controller is honoured: as it does, or with a difference that is noted; not at
 * all, for a reason; not even by the controller, which still takes it (`idle`) or no longer (`removed`).
 */
export const STANDINGS = ['exact', 'differs', 'refused', 'idle', 'removed'] as const;

export type Standing = (typeof STANDINGS)[number];

/** What is known of an annotation or an option. What does not apply is missing. */
export interface NameAnswer {
  /** Without prefix. */
  readonly name: string;
  readonly standing: Standing;
  /** One sentence. */
  readonly summary?: string;
  /** What it belongs to, in words: `Rate limits`. */
  readonly family?: string;
  /** What its value is, in words. */
  readonly value?: string;
  /** JSON Schema of the value. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** As it would be written; empty for none. */
  readonly default?: string;
  /** The option that decides the default. */
  readonly defaultFrom?: string;
  readonly example?: string;
  /** The directives of nginx that it becomes. */
  readonly becomes?: string;
  /** What is otherwise than in the controller, each a clause. */
  readonly differs?: readonly string[];
  /** The version of the controller that brought it. */
  readonly since?: string;
  /** What is lost, a clause. */
  readonly lost?: string;
  /** What to use instead. */
  readonly instead?: string;
}

/** How many names have each standing. */
export type Coverage = Readonly<Record<Standing, number>>;

export function coverageOf(answers: readonly NameAnswer[]): Coverage {
  const count = (standing: Standing): number => answers.filter(answer => answer.standing === standing).length;
  return {
    exact: count('exact'),
    differs: count('differs'),
    refused: count('refused'),
    idle: count('idle'),
    removed: count('removed'),
  };
}

/** What a spec says of an annotation or option that is honoured. */
export function answerOfSpec(name: string, spec: OptionSpec<unknown>): NameAnswer {
  const { type, defaultFrom, example, summary, becomes, differs = [] } = spec;
  return {
    name,
    standing: differs.length === 0 ? 'exact' : 'differs',
    summary,
    value: type.name,
    schema: type.schema,
    default: writtenDefault(spec),
    ...(defaultFrom === undefined ? {} : { defaultFrom }),
    example,
    becomes,
    ...(differs.length === 0 ? {} : { differs: differs.map(({ says }) => says) }),
  };
}

/** A default as a person would write it. */
function writtenDefault({ default: value, type }: OptionSpec<unknown>): string {
  return Array.isArray(value) ? value.join(type.separator ?? ',') : String(value);
}

/** A name that is not known, and the one that was meant. */
export interface UnknownName {
  readonly name: string;
  readonly meant: string | undefined;
}

export interface NamesFound {
  readonly found: readonly NameAnswer[];
  readonly unknown: readonly UnknownName[];
}

/** The known name that is nearest to the last part of one that is not known, which may have a prefix. */
function meantBy(name: string, byName: ReadonlyMap<string, NameAnswer>): string | undefined {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return byName.has(own) ? own : suggest(own, [...byName.keys()]);
}

/** The answers for some names, each once, in the order in which they are asked. */
export function findNames(answers: readonly NameAnswer[], asked: readonly string[]): NamesFound {
  const byName = new Map(answers.map(answer => [answer.name, answer]));
  const found = new Set<NameAnswer>();
  const unknown: UnknownName[] = [];
  for (const name of new Set(asked)) {
    const answer = byName.get(name);
    if (answer === undefined) unknown.push({ name, meant: meantBy(name, byName) });
    else found.add(answer);
  }
  return { found: [...found], unknown };
}
