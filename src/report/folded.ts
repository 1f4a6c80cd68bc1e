import type { Located } from '../diagnostics/located.ts';
import { causeOf } from './fold.ts';
import type { Look } from './pretty.ts';
import { prettyText } from './pretty.ts';
import type { RuleCount } from './rule-counts.ts';
import { grouped, ruleCountsText } from './rule-counts.ts';

/** Findings of which some are folded. */
export interface FoldedFindings {
  readonly shown: readonly Located[];
  /** How many are not shown, by `causeOf`. */
  readonly hidden: ReadonlyMap<string, number>;
  /** Of all findings, by rule. */
  readonly counts: readonly RuleCount[];
}

/** More findings are counted, too, where all of them are shown. */
const MOST_UNCOUNTED = 30;

/**
 * Findings as `prettyText` has them: behind the last one of a cause stands how many more it has, and at the end how many
 * each rule has, if there are many. Ends in a newline unless empty.
 */
export function foldedText({ shown, hidden, counts }: FoldedFindings, look: Look): string {
  const last = new Map(shown.map(found => [causeOf(found), found]));
  const endings = new Map<Located, string>();
  for (const [cause, found] of last) {
    const count = hidden.get(cause);
    if (count !== undefined) endings.set(found, look.style.dim(`    … and ${grouped(count)} more like this`));
  }
  const text = prettyText(shown, look, endings);
  if (hidden.size === 0 && shown.length <= MOST_UNCOUNTED) return text;
  const table = `${text}\n${ruleCountsText(counts, look.style)}`;
  if (hidden.size === 0) return table;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return `${table}\n${grouped(shown.length)} of ${grouped(total)} findings shown; --verbose shows all, --format json has all\n`;
}
