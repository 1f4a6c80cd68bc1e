import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Severity } from '../diagnostics/rule.ts';

/** What a user makes of a rule. */
export type Level = Severity | 'off';

/** What a user makes of rules, by their ids. */
export interface Levels {
  readonly byRule: ReadonlyMap<string, Level>;
  /** Rules that are not among these say nothing. */
  readonly only?: ReadonlySet<string>;
}

/**
 * A finding as `lint` reports it; undefined where its rule is to say nothing. A rule that stages report with a severity
 * of its own keeps it unless the user says otherwise.
 */
export function levelled(found: Diagnostic, { byRule, only }: Levels): Diagnostic | undefined {
  const { rule, severity } = found;
  if (only !== undefined && !only.has(rule.id)) return undefined;
  const level = byRule.get(rule.id) ?? (severity === rule.severity ? (rule.lintSeverity ?? severity) : severity);
  if (level === 'off') return undefined;
  return level === severity ? found : { ...found, severity: level };
}
