// @ts-check

/** @typedef {<T>(stage: string, work: () => T) => T} Measured */
/** @typedef {(text: string, measured: Measured) => unknown} Work */

/** Milliseconds of user time, by stage, of one run of all stages. */
function costsOf(/** @type {Work} */ work, /** @type {string} */ text) {
  /** @type {Map<string, number>} */
  const costs = new Map();
  work(text, (stage, part) => {
    const before = process.cpuUsage();
    const result = part();
    const { user } = process.cpuUsage(before);
    costs.set(stage, user / 1_000);
    return result;
  });
  return costs;
}

const sum = (/** @type {ReadonlyMap<string, number>} */ costs) => [...costs.values()].reduce((a, b) => a + b, 0);

/**
 * How much longer four times the input takes. Of several rounds the least counts: whatever else the machine does, and
 * the collection of garbage, can only add to it.
 */
export function growthOf(
  /** @type {Work} */ work,
  /** @type {{ text: (n: number) => string, size: number, rounds: number }} */ { text, size, rounds },
) {
  const texts = [text(size), text(4 * size)];
  const [few, more] = texts.map(each => {
    const runs = Array.from({ length: rounds }, () => costsOf(work, each));
    return runs.reduce((best, costs) => (sum(costs) < sum(best) ? costs : best));
  });
  if (!few || !more) throw new Error('both sizes are measured');
  const [stage, most] = [...more].reduce((a, b) => (b[1] > a[1] ? b : a));
  const percent = (100 * most) / sum(more);
  return {
    few: sum(few),
    more: sum(more),
    growth: sum(more) / sum(few),
    stage: `${stage} ${percent.toFixed(0)} %`,
  };
}
