import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Rule, Severity } from '../diagnostics/rule.ts';

/** What a user makes of a rule. */
export type Level = Severity | 'off';

/** What a user makes of rules, by their ids. */
export interface Levels {
  readonly byRule: ReadonlyMap<string, Level>;
  /** Rules that are not among these say nothing. */
  readonly only?: ReadonlySet<string>;
  /** They are for `lint`, for which some rules are worse. */
  readonly areForLint?: true;
}

/** Nothing is said of any rule. */
export const USUAL_LEVELS: Levels = { byRule: new Map<string, Level>() };

/**
 * A finding with the severity that it has for the user; undefined where its rule is to say nothing. A rule that stages
 * report with a severity of its own keeps it unless the user says otherwise. What cannot be suppressed is always said,
 * and weighs less in `lint` alone: whoever writes files would go on without what was not read.
 */
export function levelled(found: Diagnostic, levels: Levels): Diagnostic | undefined {
  if (saysNothing(found.rule, levels)) return undefined;
  const severity = severityOf(found.rule, found.severity, levels);
  return severity === found.severity ? found : { ...found, severity };
}

/** What findings of a rule are for the user. */
export function levelOfRule(rule: Rule, levels: Levels): Level {
  return saysNothing(rule, levels) ? 'off' : severityOf(rule, rule.severity, levels);
}

/** Whether nobody wants to hear of a rule. */
export function saysNothing(rule: Rule, { byRule, only, areForLint }: Levels): boolean {
  if (rule.canBeSuppressed === false) return false;
  if (areForLint === true && rule.isOfOutput === true) return true;
  return byRule.get(rule.id) === 'off' || (only !== undefined && !only.has(rule.id));
}

function severityOf(rule: Rule, severity: Severity, { byRule, areForLint }: Levels): Severity {
  if (areForLint === undefined && rule.canBeSuppressed === false) return severity;
  const level = byRule.get(rule.id);
  if (level !== undefined && level !== 'off') return level;
  return areForLint === true && severity === rule.severity ? (rule.lintSeverity ?? severity) : severity;
}
