/** How bad a finding is. `error` makes a run fail by default; the face decides on exit codes. */
export type Severity = 'error' | 'warning' | 'info';

/** A kind of finding. Its id is never reused; the ranges stand in docs/rules.md. */
export interface Rule {
  readonly id: `I2N${number}`;
  readonly name: string;
  readonly severity: Severity;
  /**
   * What `lint` makes of it where that is something else: more for a mistake that must not be merged, of which a
   * configuration can be written all the same, since what it concerns is closed there, or is as in the controller; less for
   * what an API server and the controller take.
   */
  readonly lintSeverity?: Severity;
  /** It says that something was not read, or not done at all: neither a comment nor a flag hides that. */
  readonly canBeSuppressed?: false;
  /** It speaks of what a configuration for a stock nginx can do; whoever only checks manifests does not hear of it. */
  readonly isOfOutput?: true;
  /**
   * Whether it finds something depends on flags (`--nginx-test`, `--closed-world`, `--kubernetes-version`), on what else is
   * read, or on the day: that a run has none of it says nothing about the next one.
   */
  readonly isConditional?: true;
  readonly summary: string;
  readonly why: string;
}

/** Whether this is the id or the name of a rule; capitals do not count. */
export function isNamed({ id, name }: Rule, text: string): boolean {
  const wanted = text.toLowerCase();
  return wanted === name || wanted === id.toLowerCase();
}
