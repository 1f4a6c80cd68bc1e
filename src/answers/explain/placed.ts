import type { Locate } from '../../diagnostics/located.ts';
import { objectText } from '../../diagnostics/place.ts';
import type { Origin } from '../../diagnostics/place.ts';
import type { Provenance } from '../../diagnostics/provenance.ts';
import { withoutSecretHeaders } from './withheld.ts';
import type { Cause, Explanation, Step } from './model.ts';

/** An explanation whose causes have places in files. */
export interface PlacedExplanation extends Omit<Explanation, 'steps'> {
  readonly steps: readonly PlacedStep[];
}

export interface PlacedStep extends Omit<Step, 'causes'> {
  /** Each once. */
  readonly causes: readonly PlacedCause[];
}

/** What is behind a step. */
export interface PlacedCause {
  /** `Ingress shop/web`; undefined for the default of an option that nobody has set. */
  readonly object: string | undefined;
  /** Missing for a field that is neither an annotation nor an option. */
  readonly asker?: { readonly by: 'annotation' | 'option' | 'default'; readonly name: string };
  /** Lines and columns from 1; missing where the text is not at hand. */
  readonly at?: Pick<Origin, 'file' | 'line' | 'column'>;
}

/** Looks up where the causes of an explanation stand. Values of headers that may let somebody in are withheld. */
export function placeCauses(explanation: Explanation, locate: Locate): PlacedExplanation {
  const { steps, ...rest } = withoutSecretHeaders(explanation);
  return { ...rest, steps: steps.map(step => placeStep(step, locate)) };
}

export function placeStep(step: Step, locate: Locate): PlacedStep {
  return { ...step, causes: placedCauses(step.causes, locate) };
}

function placedCauses(causes: readonly Cause[], locate: Locate): readonly PlacedCause[] {
  const known = new Map<string, PlacedCause>();
  for (const cause of causes) {
    const placed = placedCause(cause, locate);
    const { object = '', asker, at } = placed;
    const key = [object, asker?.by ?? '', asker?.name ?? '', at?.file ?? '', at?.line ?? '', at?.column ?? ''].join(
      ' ',
    );
    if (!known.has(key)) known.set(key, placed);
  }
  return [...known.values()];
}

function placedCause(cause: Cause, locate: Locate): PlacedCause {
  if (cause.kind === 'field') return placedField(cause.at, locate);
  const { asker } = cause;
  const { by, name } = asker;
  if (asker.by === 'default') return { object: undefined, asker: { by, name } };
  return { ...placedField(asker.at, locate), asker: { by, name } };
}

function placedField({ resource, field }: Provenance, locate: Locate): PlacedCause {
  const object = objectText(resource);
  const found = locate(field);
  if (found === undefined) return { object };
  const { file, line, column } = found;
  return { object, at: { file, line, column } };
}
