// @ts-check

/** @typedef {<T>(stage: string, work: () => T) => T} Measured */
/** @typedef {(text: string, measured: Measured) => unknown} Work */
/** @typedef {ReadonlyMap<string, number>} Costs */

/**
 * Milliseconds of CPU time, by stage, of one run of all stages. User and system time together: Linux knows exactly only
 * their sum, and may call all of a short stage time of the system.
 * @returns {Costs}
 */
function costsOf(/** @type {Work} */ work, /** @type {string} */ text) {
  /** @type {Map<string, number>} */
  const costs = new Map();
  work(text, (stage, part) => {
    const before = process.cpuUsage();
    const result = part();
    const { user, system } = process.cpuUsage(before);
    costs.set(stage, (user + system) / 1_000);
    return result;
  });
  return costs;
}

/**
 * The least of some rounds for each stage: whatever else the machine does, and the collection of garbage, can only add.
 * @returns {Costs}
 */
function least(/** @type {readonly Costs[]} */ rounds) {
  const stages = [...(rounds[0]?.keys() ?? [])];
  return new Map(stages.map(stage => [stage, Math.min(...rounds.map(costs => costs.get(stage) ?? Infinity))]));
}

const sum = (/** @type {Costs} */ costs) => [...costs.values()].reduce((a, b) => a + b, 0);

/**
 * What a text costs in two sizes, the second four times the first, by stage; what was measured before of them counts as
 * well. The sizes are run in turn.
 */
export function costsInTwoSizes(
  /** @type {Work} */ work,
  /** @type {{ text: (n: number) => string, size: number, rounds: number }} */ { text, size, rounds },
  /** @type {readonly { few: Costs, more: Costs }[]} */ earlier = [],
) {
  const [small, large] = [text(size), text(4 * size)];
  const fresh = Array.from({ length: rounds }, () => ({ few: costsOf(work, small), more: costsOf(work, large) }));
  const runs = [...earlier, ...fresh];
  return { few: least(runs.map(run => run.few)), more: least(runs.map(run => run.more)) };
}

/** How much longer four times the input takes, and which stage takes most of it. */
export function growthOf(
  /** @type {Work} */ work,
  /** @type {{ text: (n: number) => string, size: number, rounds: number }} */ sizes,
) {
  const { few, more } = costsInTwoSizes(work, sizes);
  const [stage, most] = [...more].reduce((a, b) => (b[1] > a[1] ? b : a));
  const percent = (100 * most) / sum(more);
  return {
    few: sum(few),
    more: sum(more),
    growth: sum(more) / sum(few),
    stage: `${stage} ${percent.toFixed(0)} %`,
  };
}
