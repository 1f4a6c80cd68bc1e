import type { Parameters } from 'fast-check';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 0);

/**
 * How many texts are tried: `usual` of them, always the same, so that a run does not fail by chance; with
 * `PROPERTY_RUNS=2000` that many, others each time (fast-check prints the seed of a failure; `PROPERTY_SEED` repeats it).
 */
export function runs<T>(usual: number): Parameters<T> {
  const seed = process.env['PROPERTY_SEED'];
  if (seed !== undefined) return { numRuns: RUNS || usual, seed: Number(seed) };
  return RUNS > 0 ? { numRuns: RUNS } : { numRuns: usual, seed: 20_250_101 };
}
