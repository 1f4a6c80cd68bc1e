import { builtAnnotations } from '../annotations/registry.ts';
import type { MeantText } from '../fixes/in-place.ts';

/** Words that YAML makes true or false of, and what of them. */
const WORDS: ReadonlyMap<string, 'true' | 'false'> = new Map([
  ...(['y', 'yes', 'on'] as const).map(word => [word, 'true'] as const),
  ...(['n', 'no', 'off'] as const).map(word => [word, 'false'] as const),
]);

/**
 * What was meant by such a word in an annotation of the controller: the word where the annotation takes it, `true` or
 * `false` where it takes these alone.
 *
 * @param annotationsPrefix what its annotations begin with, slash included
 */
export function meantInAnnotations(annotationsPrefix: string): MeantText {
  const specs = builtAnnotations();
  return (key, word) => {
    const truth = WORDS.get(word.toLowerCase());
    const name = key.startsWith(annotationsPrefix) ? key.slice(annotationsPrefix.length) : '';
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (truth === undefined || spec === undefined) return undefined;
    const [takesWord, takesTruth] = [spec.type.parse(word).ok, spec.type.parse(truth).ok];
    if (takesWord === takesTruth) return undefined;
    return takesWord ? word : truth;
  };
}
