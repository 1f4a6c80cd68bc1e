import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../input/source.ts';
import type { Document } from '../manifests/document.ts';
import { parseSources } from '../manifests/parse-sources.ts';
import type { Resource } from '../resources/model.ts';
import { validateDocuments } from '../resources/validate.ts';

/**
 * A part of the input that changes as a whole, a file or one object of a cluster: parsed and validated once, and kept
 * until it changes. All units together are what is compiled.
 */
export interface Unit {
  readonly documents: readonly Document[];
  readonly resources: readonly Resource[];
  /** What reading and validating found; what compiling finds is not among them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Objects of kinds that no route needs. */
  readonly skipped: number;
}

/** Reads a text into a unit. */
export function readUnit(source: SourceText): Unit {
  const { report, diagnostics } = collect();
  const { documents, skipped } = parseSources([source], report);
  const resources = validateDocuments(documents, report);
  return { documents, resources, diagnostics, skipped: [...skipped.values()].reduce((sum, count) => sum + count, 0) };
}
