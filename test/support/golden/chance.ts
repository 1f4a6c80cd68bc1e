/** As unlikely as a test may fail by chance. */
const MISFORTUNE = 1e-9;

export interface Band {
  readonly least: number;
  readonly most: number;
}

/** The probability of each number of hits among `count` tries, of which each hits with probability `share`. */
function hitChances(count: number, share: number): readonly number[] {
  const logFactorials = Array.from({ length: count }, (_, index) => Math.log(index + 1));
  for (let index = 1; index < count; index += 1) {
    logFactorials[index] = (logFactorials[index] ?? 0) + (logFactorials[index - 1] ?? 0);
  }
  const logFactorial = (of: number): number => (of === 0 ? 0 : (logFactorials[of - 1] ?? 0));
  return Array.from({ length: count + 1 }, (_, hits) =>
    Math.exp(
      logFactorial(count) -
        logFactorial(hits) -
        logFactorial(count - hits) +
        hits * Math.log(share) +
        (count - hits) * Math.log(1 - share),
    ),
  );
}

/** How often it may hit without anybody doubting the share: chance alone leaves the band once in a billion runs. */
export function bandOf(count: number, share: number): Band {
  if (share === 0 || share === 1) return { least: count * share, most: count * share };
  const chances = hitChances(count, share);
  let least = 0;
  let most = count;
  for (let below = chances[0] ?? 0; below < MISFORTUNE; below += chances[least] ?? 1) least += 1;
  for (let above = chances[count] ?? 0; above < MISFORTUNE; above += chances[most] ?? 1) most -= 1;
  return { least, most };
}
