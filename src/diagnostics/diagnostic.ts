import type { Fix } from './fix.ts';
import type { Place } from './place.ts';
import type { Rule, Severity } from './rule.ts';

/** A second place that explains a finding, such as the Ingress that wins a conflict. */
export interface Related {
  readonly message: string;
  readonly at: Place;
}

/** Objects of a kind that are not in the input, and count as being in another place. */
export interface Elsewhere {
  readonly kind: NamedKind;
  /** `namespace/name` */
  readonly keys: readonly string[];
}

/** One instance of a rule. `message` and `help` quote what the user wrote and do not end in a full stop. */
export interface Diagnostic {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly at?: Place;
  readonly related?: readonly Related[];
  /** How to mend it, where there is one safe answer. */
  readonly fix?: Fix;
  /** What it is about, where that is in another place: several parts of an input say it once. */
  readonly elsewhere?: Elsewhere;
}

/** The kinds of objects that others name, and that may be in another place than the input. */
export const NAMED_KINDS = ['Service', 'Endpoints', 'Secret', 'ConfigMap', 'IngressClass'] as const;

export type NamedKind = (typeof NAMED_KINDS)[number];

/** An object that somebody names, and that is not in the input. */
export interface Lacking {
  readonly kind: NamedKind;
  /** `namespace/name`; the namespace is empty for kinds that lie in none. */
  readonly key: string;
}

/**
 * What a stage says; the severity is the rule's unless the stage knows better. `lacks` is there where nothing is wrong
 * but that an object is not in the input: whoever knows that it is elsewhere need not say it.
 */
export type Finding = Omit<Diagnostic, 'severity'> & { readonly severity?: Severity; readonly lacks?: Lacking };

/** Where stages put their findings. Reporting never throws and never stops a stage. */
export type Report = (found: Finding) => void;

/** Collects findings in the order in which they come. */
export function collect(): { readonly report: Report; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    report: found => void diagnostics.push({ ...found, severity: found.severity ?? found.rule.severity }),
  };
}

/** Holds findings back until they are released, in the order in which they came. */
export function holdBack(report: Report): { readonly report: Report; readonly release: () => void } {
  let held: Finding[] = [];
  return {
    report: found => void held.push(found),
    release() {
      if (held.length === 0) return;
      const released = held;
      held = [];
      for (const found of released) report(found);
    },
  };
}
