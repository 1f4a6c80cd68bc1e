import { isList, isRecord } from '../json/value.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { construct } from './construct.ts';
import type { YamlDocument } from './construct.ts';
import { cutItems } from './cut-list.ts';
import { cutDocuments, hasBrokenSeparator, unusedKinds } from './cut.ts';
import type { Span } from './cut.ts';
import { judgeDuplicates } from './duplicates.ts';
import { Refusal } from './events.ts';
import { addListItems, addObject } from './objects.ts';
import type { ListItem } from './objects.ts';
import { addParts, addReadable } from './parts.ts';
import { countSkipped, reportRefusal } from './reading.ts';
import type { Reading } from './reading.ts';
import { brokenYaml } from './rules/syntax.ts';
import { furtherObjects, reportMissingSeparator, reportSeparator } from './separators.ts';

/** Adjacent documents are parsed together up to this length: a parse has a fixed cost, and memory grows with its text. */
const BATCH_LENGTH = 64 * 1024;

interface Piece extends Span {
  readonly index: number;
}

/**
 * Reads the YAML documents of a source. Documents of kinds that we leave out are recognised by their text and not
 * parsed, so mistakes in them are not seen. A document that cannot be read does not keep the others from being read.
 */
export function* readYaml(reading: Reading): Steps<void> {
  const { text } = reading.source;
  const { documents, batchable } = cutDocuments(text);
  const unused = unusedKinds(text, ['']);
  let batch: Piece[] = [];
  for (const [index, span] of documents.entries()) {
    const piece = { ...span, index };
    if (hasBrokenSeparator(text, span)) {
      reportSeparator(reading, span);
      yield* addReadable(reading, span, index);
      continue;
    }
    const label = unused(piece);
    if (label !== undefined) {
      countSkipped(reading, label);
      yield* readBatch(reading, batch);
      batch = [];
      continue;
    }
    const isLong = piece.end - piece.start > BATCH_LENGTH;
    if (isLong || !batchable || piece.end - (batch[0]?.start ?? piece.start) > BATCH_LENGTH) {
      yield* readBatch(reading, batch);
      batch = [];
    }
    if (isLong && (yield* readLongList(reading, piece))) continue;
    batch.push(piece);
  }
  yield* readBatch(reading, batch);
}

function* readBatch(reading: Reading, batch: readonly Piece[]): Steps<void> {
  const [first] = batch;
  const last = batch.at(-1);
  yield;
  if (first === undefined || last === undefined) return;
  try {
    const documents = construct(reading.source.text.slice(first.start, last.end));
    let at = 0;
    for (const document of documents) {
      const offset = first.start + document.offset;
      while (at < batch.length - 1 && offset >= (batch[at]?.end ?? 0)) at++;
      yield* addYaml(reading, document, batch[at] ?? first, first.start);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (batch.length > 1) {
      for (const piece of batch) yield* readBatch(reading, [piece]);
      return;
    }
    reportRefusal(reading, error, first);
    yield* addReadable(reading, first, first.index);
  }
}

/** An empty document is nothing at all, as for kubectl. */
function* addYaml(reading: Reading, { value, duplicates }: YamlDocument, piece: Piece, base: number): Steps<void> {
  if (value === null) return;
  const before = reading.documents.length;
  const [second, ...others] = furtherObjects(reading.source.text, base, duplicates);
  if (second !== undefined) {
    const begins = [second, ...others].map(({ offset }) => base + offset);
    yield* addParts(reading, piece, piece.index, begins);
    if (reading.documents.length > before) reportMissingSeparator(reading, begins[0] ?? 0, second.key);
    return;
  }
  const spot = { document: piece, index: piece.index, itemPath: [] };
  yield* addObject(reading, value, spot);
  if (duplicates.length > 0) judgeDuplicates(reading, { spot, value, duplicates, base, before });
}

/**
 * Reads a long `kind: List` in runs of items, since the events of all of it would be in memory at once. False when the
 * list is of a form that must be read as a whole; then nothing was added.
 */
function* readLongList(reading: Reading, piece: Piece): Steps<boolean> {
  const { text } = reading.source;
  const cut = cutItems(text, piece);
  if (cut === undefined) return false;
  try {
    const [frame, ...others] = construct(cut.frame);
    if (frame === undefined || others.length > 0 || frame.duplicates.length > 0 || !isRecord(frame.value)) return false;
    const { kind, apiVersion } = frame.value;
    if (typeof kind !== 'string' || !kind.endsWith('List') || typeof apiVersion !== 'string') return false;
    const { items, skipped, hasDuplicates } = yield* readItems(text, cut.items);
    if (hasDuplicates) return false;
    for (const label of skipped) countSkipped(reading, label);
    yield* addListItems(
      reading,
      { spot: { document: piece, index: piece.index, itemPath: [] }, kind, apiVersion },
      items,
    );
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

interface Items {
  readonly items: readonly ListItem[];
  readonly skipped: readonly string[];
  readonly hasDuplicates: boolean;
}

/** Throws a Refusal when a run of items is not YAML by itself. */
function* readItems(text: string, spans: readonly Span[]): Steps<Items> {
  const items: ListItem[] = [];
  let hasDuplicates = false;
  const skipped: string[] = [];
  const unused = unusedKinds(text, ['  ', '- ']);
  const isPauseDue = pauses();
  let run: Piece[] = [];
  const flush = (): void => {
    const [first] = run;
    if (first === undefined) return;
    const [document] = construct(text.slice(first.start, run.at(-1)?.end));
    const values = document?.value ?? null;
    // An item that is no mapping may be a line of a quoted scalar that looks like one.
    if (!isList(values) || values.length !== run.length || !values.every(isRecord)) {
      throw new Refusal(brokenYaml, 'the items of the list cannot be told apart', first.start);
    }
    for (const [at, { index, start, end }] of run.entries()) items.push([index, values[at] ?? null, { start, end }]);
    if (document !== undefined && document.duplicates.length > 0) hasDuplicates = true;
    run = [];
  };
  for (const [index, span] of spans.entries()) {
    if (isPauseDue((span.end - span.start) / 100)) yield;
    const label = unused(span);
    if (label !== undefined) {
      skipped.push(label);
      flush();
      continue;
    }
    if (span.end - (run[0]?.start ?? span.start) > BATCH_LENGTH) flush();
    run.push({ ...span, index });
  }
  flush();
  return { items, skipped, hasDuplicates };
}
