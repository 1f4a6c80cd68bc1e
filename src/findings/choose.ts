import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { levelled } from './levels.ts';
import type { Levels } from './levels.ts';

/** Which findings a user wants to hear of. */
export interface Choice {
  readonly levels: Levels;
}

/** What is left of the findings of a run. */
export interface Chosen {
  readonly reported: readonly Diagnostic[];
}

/** Takes from the findings of a run what the user wants to hear of, each with the severity that it has for them. */
export function chooseFindings(found: readonly Diagnostic[], { levels }: Choice): Chosen {
  return { reported: found.map(each => levelled(each, levels)).filter(each => each !== undefined) };
}
