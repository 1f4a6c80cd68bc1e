import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../input/source.ts';
import type { Document } from '../manifests/document.ts';
import { parsingSteps } from '../manifests/parse-sources.ts';
import type { Resource } from './model.ts';
import { validatingSteps } from './validate.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';

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
  /** Whether there is no object at all in it, not even an empty list: comments and separators do not count. */
  readonly isBlank: boolean;
}

/**
 * Reads a text into a unit.
 *
 * @param annotationsPrefix what annotations of the controller begin with, slash included
 */
export function* readUnitSteps(source: SourceText, annotationsPrefix?: string): Steps<Unit> {
  const { report, diagnostics } = collect();
  yield 'parse';
  const { documents, skipped } = yield* parsingSteps([source], report);
  yield 'validate';
  const resources = yield* validatingSteps(documents, report, annotationsPrefix);
  const isBlank = documents.length === 0 && isBlankText(source.text);
  const others = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  return { documents, resources, diagnostics, skipped: others, isBlank };
}

/** The same without a pause. */
export function readUnit(source: SourceText, annotationsPrefix?: string): Unit {
  return atOnce(readUnitSteps(source, annotationsPrefix));
}

function isBlankText(text: string): boolean {
  return text.split('\n').every(line => /^\s*(?:#.*|---\s*|\.\.\.\s*)?$/.test(line));
}
