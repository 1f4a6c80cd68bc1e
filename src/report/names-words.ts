import type { Coverage, NameAnswer, Standing } from '../answers/names.ts';
import { STANDINGS } from '../answers/names.ts';

/** What the names of an answer are, and how they are written in full. */
export interface NamesKind {
  readonly one: 'annotation' | 'option';
  /** The field of the JSON that has them. */
  readonly several: 'annotations' | 'options';
  /** What stands before each, slash included; empty for options. */
  readonly prefix: string;
}

/** How far a name is honoured, in the heading of a column of counts. */
export const STANDING_HEADS: Readonly<Record<Standing, string>> = {
  exact: 'as in the controller',
  differs: 'with a noted difference',
  refused: 'refused, with the reason',
  idle: 'without effect in the controller, too',
  removed: 'removed from the controller',
};

/** The same of one name. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  exact: 'yes',
  differs: 'with a difference',
  refused: 'no',
  idle: 'no effect',
  removed: 'removed',
};

/** The standings that at least one name has, in their order. */
export function standingsIn(coverages: readonly Coverage[]): readonly Standing[] {
  return STANDINGS.filter(standing => coverages.some(coverage => coverage[standing] > 0));
}

/** What there is to say of a name besides its summary, as label and text. */
export function factsOf(
  answer: NameAnswer,
  { prefix }: NamesKind,
): readonly (readonly [label: string, text: string])[] {
  const { name, standing, value, defaultFrom, example, becomes, differs = [], since, lost, instead } = answer;
  const byDefault = defaultFrom === undefined ? answer.default : `the option ${defaultFrom} (${answer.default})`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['value', value],
    ['default', byDefault === '' ? 'none' : byDefault],
    ['example', example === undefined ? undefined : `${prefix}${name}: ${JSON.stringify(example)}`],
    ['in nginx', becomes === '' ? undefined : becomes],
    ['honoured', STANDING_WORDS[standing]],
    ...differs.map(says => ['differs', says] as const),
    ['lost', lost],
    ['instead', instead],
    ['since', since === undefined ? undefined : `ingress-nginx ${since}`],
  ];
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

/** One sentence about a name. */
export function summaryOf({ summary, instead = '' }: NameAnswer): string {
  return summary ?? `Removed from the controller; instead: ${instead}.`;
}
