import type { FieldPath, FieldRef } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';

/** Steps of a path in an Ingress: `spec.rules[0].http.paths[0]`. */
const STEPS_TO_PATH = 6;

/** Findings by the document that they are about. */
export type ByDocument<F> = ReadonlyMap<string, readonly F[]>;

export function byDocument<F extends { readonly field?: FieldRef }>(findings: readonly F[]): ByDocument<F> {
  const found = new Map<string, F[]>();
  for (const finding of findings) {
    if (finding.field === undefined) continue;
    const { document } = finding.field;
    const others = found.get(document);
    if (others === undefined) found.set(document, [finding]);
    else others.push(finding);
  }
  return found;
}

/** The findings about what parts of the routing came from: about their path, their rule, or the whole object; each once. */
export function concerning<F extends { readonly field?: FieldRef }>(
  from: readonly Provenance[],
  findings: ByDocument<F>,
): readonly F[] {
  const found = new Set<F>();
  for (const { field } of from) {
    for (const finding of findings.get(field.document) ?? []) {
      if (finding.field !== undefined && meet(finding.field.path, field.path)) found.add(finding);
    }
  }
  return [...found];
}

/** Fields of another rule or path of the same Ingress do not concern a path. */
function meet(one: FieldPath, other: FieldPath): boolean {
  if (one[0] !== 'spec' || one[1] !== 'rules' || other[1] !== 'rules') return true;
  const steps = Math.min(one.length, other.length, STEPS_TO_PATH);
  return one.slice(0, steps).every((step, index) => step === other[index]);
}
