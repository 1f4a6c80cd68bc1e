import type { Rule, Severity } from '../diagnostics/rule.ts';

/** What is less safe about a value than it looks. */
export interface WeakValue {
  /** The rest of a sentence that begins with the name of the annotation or option. */
  readonly says: string;
  readonly help: string;
  /** That of the rule where there is none. */
  readonly severity?: Severity;
}

/** The same with its rule. */
export interface Weakness extends WeakValue {
  readonly rule: Rule;
}
