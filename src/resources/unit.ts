import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { PassedOver, SourceText } from '../input/source.ts';
import { commentsIn } from '../manifests/comments.ts';
import type { Comment } from '../manifests/comments.ts';
import type { Document, ReadObject } from '../manifests/document.ts';
import { parsingPieces, parsingSteps } from '../manifests/parse-sources.ts';
import type { Piece, Sink } from '../manifests/reading.ts';
import type { Resource } from './model.ts';
import { promisedSecretsOf } from './promised-secret.ts';
import type { ReadSettings } from './validate.ts';
import { validateObject } from './validate.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce, pauses } from '../steps/steps.ts';

/**
 * A part of the input that changes as a whole, a file or one object of a cluster: parsed and validated once, and kept
 * until it changes. All units together are what is compiled.
 */
export interface Unit {
  readonly documents: readonly Document[];
  readonly resources: readonly Resource[];
  /** What reading and validating found; what compiling finds is not among them. */
  readonly diagnostics: readonly Diagnostic[];
  /** The comments in it that are meant for us. */
  readonly comments: readonly Comment[];
  /** Objects of kinds that no route needs. */
  readonly skipped: number;
  /** The same by `apiVersion/kind`. */
  readonly skippedKinds?: ReadonlyMap<string, number>;
  /** What else there is in a file of a repository. */
  readonly passedOver?: readonly PassedOver[];
  /** Whether there is no object at all in it, not even an empty list: comments and separators do not count. */
  readonly isBlank: boolean;
}

/** So many objects are read before they are validated, and their values let go of. */
const AT_ONCE = 100;

/** Reads a text into a unit, but for the documents that `leavesOut` wants to be left out. */
export function readUnitSteps(source: SourceText, settings?: ReadSettings, leavesOut?: Sink['leavesOut']): Steps<Unit> {
  const parsing: Parsing = (report, sink) =>
    parsingSteps(source, report, leavesOut === undefined ? sink : { ...sink, leavesOut });
  return unitSteps(source, parsing, settings);
}

/** Reads documents that were left out before. */
export function* readPiecesSteps(source: SourceText, pieces: readonly Piece[], settings?: ReadSettings): Steps<Unit> {
  const parsing: Parsing = (report, sink) => parsingPieces(source, pieces, report, sink);
  // Comments have been read with the rest.
  return { ...(yield* unitSteps(source, parsing, settings)), comments: [] };
}

type Parsing = (report: Report, sink: Sink) => ReturnType<typeof parsingSteps>;

function* unitSteps(source: SourceText, parse: Parsing, settings: ReadSettings | undefined): Steps<Unit> {
  const parsed = collect();
  let known = nothingKnown();
  let read: ReadObject[] = [];
  const takeBack = (): void => {
    known = nothingKnown();
    read = [];
  };
  const passedOver: PassedOver[] = [];
  const passOver = (passed: PassedOver): void => void passedOver.push(passed);
  const parsing = parse(parsed.report, { add: object => void read.push(object), takeBack, passOver });
  yield 'parse';
  for (;;) {
    const step = parsing.next();
    if (step.done === true || read.length >= AT_ONCE) {
      yield 'validate';
      yield* validatingSteps(read, known, settings);
      read = [];
      yield 'parse';
    }
    if (step.done === true) {
      const { documents, resources, findings } = known;
      const diagnostics = [...parsed.diagnostics, ...findings.diagnostics];
      const isBlank = documents.length === 0 && isBlankText(source.text);
      const skippedKinds = step.value;
      const skipped = sumOf(skippedKinds.values());
      const comments = commentsIn(source);
      return { documents, resources, diagnostics, comments, skipped, skippedKinds, passedOver, isBlank };
    }
    yield step.value;
  }
}

/** What is known of the objects that have been validated. */
interface Known {
  readonly documents: Document[];
  readonly resources: Resource[];
  readonly findings: ReturnType<typeof collect>;
}

function nothingKnown(): Known {
  return { documents: [], resources: [], findings: collect() };
}

function* validatingSteps(
  objects: readonly ReadObject[],
  { documents, resources, findings }: Known,
  settings: ReadSettings | undefined,
): Steps<void> {
  const isPauseDue = pauses();
  for (const object of objects) {
    documents.push(object.document);
    const resource = validateObject(object, findings.report, settings);
    if (resource === undefined) resources.push(...promisedSecretsOf(object));
    else resources.push(resource);
    // Objects may be large.
    if (isPauseDue(20)) yield;
  }
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** The same without a pause. */
export function readUnit(source: SourceText, settings?: ReadSettings): Unit {
  return atOnce(readUnitSteps(source, settings));
}

/** A line that is neither empty nor a comment or a separator. */
const CONTENT = /^(?!\s*(?:#.*|---\s*|\.\.\.\s*)?$)/m;

function isBlankText(text: string): boolean {
  return !CONTENT.test(text);
}
