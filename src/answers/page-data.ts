import type { FieldRef, ObjectName, Origin } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import type { Routing } from '../routing/model.ts';

/** All that the page of a report shows, without secrets. */
export interface PageData {
  /** Of the program. */
  readonly version: string;
  /** Its files are empty. */
  readonly routing: Routing;
  /** Where the fields stand from which the routing came. */
  readonly places: readonly (readonly [FieldRef, Origin])[];
  /** In the order in which people read them. */
  readonly findings: readonly PageFinding[];
}

export interface PageFinding {
  /** `I2N203`. */
  readonly rule: string;
  /** Of the rule: `rewrite-regex-host`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  /** The field that it is about; missing where it is about none. */
  readonly field?: FieldRef;
  readonly object?: ObjectName;
  readonly at?: Origin;
}
