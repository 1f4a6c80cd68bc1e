import type { CompileSettings } from '../../compile/settings.ts';
import type { Failure } from '../../diagnostics/failure.ts';
import type { Loaded } from '../loaded.ts';

/** Something that runs beside a watch: it adds to each compilation, or acts on what is served. */
export interface Companion {
  /** What the compilation needs besides the settings of the request. */
  readonly settings?: () => Partial<CompileSettings>;
  /** Whether everything is there that the compilation needs; if not, the companion causes another sync itself. */
  readonly isReady?: (loaded: Loaded) => boolean;
  /** Told of each delivery that is served. */
  readonly onServed?: (loaded: Loaded) => void;
  /** Called once; the way to the cluster is still open. */
  readonly close: () => Promise<void>;
}

export type CompanionOpening = { readonly kind: 'open'; readonly companion: Companion } | Failure;
