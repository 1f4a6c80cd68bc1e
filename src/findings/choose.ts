import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { levelled } from './levels.ts';
import type { Levels } from './levels.ts';
import { suppressionsIn } from './suppressions.ts';
import type { Suppression, SuppressionInput, Suppressions } from './suppressions.ts';

/** A finding that somebody does not want to hear of. */
export interface Suppressed {
  readonly found: Diagnostic;
  readonly by: Suppression;
}

/** The findings of a run, as far as the user wants to hear of them; both lists grow while stages report. */
export interface ChosenFindings {
  readonly report: Report;
  /** Each with the severity that it has for the user. */
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  /** What the input has of suppressions; undefined where it has none, as most. */
  readonly suppressions: Suppressions | undefined;
  /** What the user makes of rules. */
  readonly levels: Levels;
}

/** Collects what is to be heard of the findings of a run, in the order in which they come. */
export function collectChosen(levels: Levels, input: SuppressionInput): ChosenFindings {
  const diagnostics: Diagnostic[] = [];
  const suppressed: Suppressed[] = [];
  const suppressions = suppressionsIn(input);
  return {
    diagnostics,
    suppressed,
    suppressions,
    levels,
    report(found) {
      const chosen = levelled({ ...found, severity: found.severity ?? found.rule.severity }, levels);
      if (chosen === undefined) return;
      const by = suppressions?.holdingFor(chosen);
      if (by === undefined) diagnostics.push(chosen);
      else suppressed.push({ found: chosen, by });
    },
  };
}
