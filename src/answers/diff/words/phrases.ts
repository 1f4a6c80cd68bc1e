/**
 * What is said of one part of a policy: undefined where there is none of it. `ifOther` is what is usual: it is said where
 * the other side has something else.
 */
type Phrase = string | undefined | { readonly ifOther: string };

/** A policy in words, part by part. Each phrase is understood without the others; the name of one is that of its lack. */
export type Phrases = Readonly<Record<string, Phrase>>;

/** All that is worth saying of one policy. */
export function allPhrases(phrases: Phrases): string {
  return Object.values(phrases)
    .filter(phrase => typeof phrase === 'string')
    .join(', ');
}

/** What differs between two, and nothing else; both empty where nothing does that has words. */
export function differingPhrases(before: Phrases, after: Phrases): readonly [string, string] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    name => textOf(name, before[name]) !== textOf(name, after[name]),
  );
  const only = (phrases: Phrases): string => names.map(name => textOf(name, phrases[name])).join(', ');
  return [only(before), only(after)];
}

function textOf(name: string, phrase: Phrase): string {
  if (phrase === undefined) return `no ${name}`;
  return typeof phrase === 'string' ? phrase : phrase.ifOther;
}
