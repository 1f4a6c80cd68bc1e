/**
 * The smallest part of `candidates` that answers yes, found by halving: about two questions for each halving and each
 * member of the result. All of them together must answer yes, and more of them never less than fewer.
 * Source: Junker, QuickXplain (AAAI 2004).
 */
export function minimalSet<T>(
  candidates: readonly T[],
  isEnough: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  return within(candidates, [], isEnough);
}

/** @param given what is asked along with every part */
async function within<T>(
  candidates: readonly T[],
  given: readonly T[],
  isEnough: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (candidates.length <= 1) return candidates;
  const middle = Math.ceil(candidates.length / 2);
  const [first, second] = [candidates.slice(0, middle), candidates.slice(middle)];
  if (await isEnough([...given, ...first])) return within(first, given, isEnough);
  if (await isEnough([...given, ...second])) return within(second, given, isEnough);
  const ofSecond = await within(second, [...given, ...first], isEnough);
  return [...(await within(first, [...given, ...ofSecond], isEnough)), ...ofSecond];
}
