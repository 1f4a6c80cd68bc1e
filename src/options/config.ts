import type { Provenance } from '../diagnostics/provenance.ts';

/** The options of the controller's ConfigMap. What reads them is given its own, with their types. */
export interface ControllerConfig {
  /** Every option that is built, by name: its value, or its default. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the options are written that have a value which their type takes. */
  readonly written: ReadonlyMap<string, Provenance>;
}
