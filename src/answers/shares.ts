import type { Split } from '../routing/model.ts';
import { dividedShares } from '../routing/split-shares.ts';

/** A split as a person asks for it. */
export interface SplitAnswer {
  readonly kind: 'split';
  readonly name: string;
  /** What is asked of a request before chance decides, in this order: `header X-Canary`, `cookie canary`. */
  readonly decidedBy: readonly string[];
  /** The upstreams that chance or a rule leads to. */
  readonly shares: readonly ShareAnswer[];
}

export interface ShareAnswer {
  readonly upstream: string;
  /** Of the requests that no rule decides on. */
  readonly percent: number;
}

export function splitAnswer({ name, rules, shares }: Split): SplitAnswer {
  const percents = new Map(rules.map(({ to }) => [to, 0]));
  const { rest, others } = dividedShares(shares);
  for (const { to, percent } of [rest, ...others]) percents.set(to, percent);
  return {
    kind: 'split',
    name,
    decidedBy: [...new Set(rules.map(({ when }) => `${when.of} ${when.name}`))],
    shares: Array.from(percents, ([upstream, percent]) => ({ upstream, percent })).toSorted(byUpstream),
  };
}

function byUpstream(a: ShareAnswer, b: ShareAnswer): number {
  return a.upstream < b.upstream ? -1 : 1;
}
