import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { chooseFindings } from '../findings/choose.ts';
import type { Choice } from '../findings/choose.ts';
import type { Loaded } from './loaded.ts';

export interface LintRequest {
  readonly loaded: Loaded;
  readonly choice: Choice;
}

/** What a lint came to. */
export interface Linted {
  readonly loaded: Loaded;
  /** What is reported, in the order in which it was found. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes what is to be reported from all that was found while the manifests were compiled; changes nothing anywhere. */
export function lintLoaded({ loaded, choice }: LintRequest): Linted {
  return { loaded, diagnostics: chooseFindings(loaded.diagnostics, choice).reported };
}
