import type { Wanted } from '../cluster/wanted.ts';
import type { LeftOut } from '../compile/selection.ts';
import type { Locate } from '../diagnostics/located.ts';
import type { ChosenFindings } from '../findings/choose.ts';
import type { ExcludedEntry } from '../input/exclusion.ts';
import type { PassedOver } from '../input/source.ts';
import type { Document } from '../manifests/document.ts';
import type { ConfigMap, Ingress, Service } from '../resources/model.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { RunCounts } from './counts.ts';
import type { JobMemory } from './memory.ts';

/** Manifests, read and compiled, and everything that was found on the way: what every other job begins with. */
export interface Loaded extends ChosenFindings {
  readonly routing: Routing;
  /** What earlier compilations have left, where there are any. */
  readonly memory: JobMemory | undefined;
  readonly locate: Locate;
  readonly counts: RunCounts;
  readonly leftOut: readonly LeftOut[];
  /** Files and folders that were found, and not read. */
  readonly excluded: readonly ExcludedEntry[];
  /** What of a repository is no manifest. */
  readonly passedOver: readonly PassedOver[];
  /** Where not all of the input is used at once: each part by itself, the first among them. */
  readonly variants?: readonly Loaded[];
  readonly wanted: Wanted;
  /** The ports of Services (`namespace/service:80`) that a local port must lead to. */
  readonly forwardsWanted: ReadonlySet<string>;
  readonly ingresses: readonly Ingress[];
  readonly services: readonly Service[];
  /** The ConfigMap with the options of the controller, if it is named and the input holds it. */
  readonly controllerConfig?: ConfigMap | undefined;
  /** What nothing is compiled from can be read there: status. */
  readonly documents: readonly Document[];
  /**
   * The same input, compiled as if these Ingresses (`Ingress namespace/name`) were not valid: what they asked for
   * answers 503. What later stages reported is not in it.
   */
  readonly without: (refused: ReadonlySet<string>) => Steps<Loaded>;
}
