import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { construct } from './construct.ts';
import type { YamlDocument } from './construct.ts';
import { cutItems } from './cut-list.ts';
import { cutDocuments, hasBrokenSeparator, unusedKinds } from './cut.ts';
import type { Span } from './cut.ts';
import { isList, isMapping } from './document.ts';
import { Refusal } from './events.ts';
import { addListItems, addObject } from './objects.ts';
import type { ListItem } from './objects.ts';
import { countSkipped, reportRefusal } from './reading.ts';
import type { Reading } from './reading.ts';
import { brokenYaml } from './rules.ts';
import { behindSeparator, reportDuplicates, reportSecondObject, reportSeparator } from './separators.ts';
import type { Duplicates } from './separators.ts';

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
      const rest = behindSeparator(text, span);
      if (rest !== undefined) yield* addRefused(reading, rest, index);
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
    if (batch.length === 1) reportRefusal(reading, error, first);
    else for (const piece of batch) yield* readBatch(reading, [piece]);
  }
}

/** An empty document is nothing at all, as for kubectl. */
function* addYaml(reading: Reading, { value, duplicates }: YamlDocument, piece: Piece, base: number): Steps<void> {
  if (value === null) return;
  const parts = duplicates.length > 0 ? reportSecondObject(reading, { base, duplicates }, piece) : undefined;
  if (parts !== undefined) {
    for (const [at, part] of parts.entries()) yield* addRefused(reading, part, piece.index + at / parts.length);
    return;
  }
  const before = reading.documents.length;
  yield* addObject(reading, value, { document: piece, index: piece.index, itemPath: [] });
  reportDuplicates(reading, [{ base, duplicates }], before);
}

/**
 * Reads what kubectl refuses for its separator, which has been reported: what its Ingresses ask for must be closed. What
 * cannot be read by itself is left out.
 *
 * @param index that of the document; of its second object half of one more
 */
function* addRefused(reading: Reading, part: Span, index: number): Steps<void> {
  try {
    for (const { value } of construct(reading.source.text.slice(part.start, part.end))) {
      const isTyped = isMapping(value) && typeof value['kind'] === 'string' && typeof value['apiVersion'] === 'string';
      if (isTyped) yield* addObject(reading, value, { document: part, index, itemPath: [], isRefused: true });
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
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
    if (frame === undefined || others.length > 0 || frame.duplicates.length > 0 || !isMapping(frame.value))
      return false;
    const { kind, apiVersion } = frame.value;
    if (typeof kind !== 'string' || !kind.endsWith('List') || typeof apiVersion !== 'string') return false;
    const { items, duplicates, skipped } = yield* readItems(text, cut.items);
    const before = reading.documents.length;
    for (const label of skipped) countSkipped(reading, label);
    yield* addListItems(
      reading,
      { spot: { document: piece, index: piece.index, itemPath: [] }, kind, apiVersion },
      items,
    );
    reportDuplicates(reading, duplicates, before);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

interface Items {
  readonly items: readonly ListItem[];
  readonly duplicates: readonly Duplicates[];
  readonly skipped: readonly string[];
}

/** Throws a Refusal when a run of items is not YAML by itself. */
function* readItems(text: string, spans: readonly Span[]): Steps<Items> {
  const items: ListItem[] = [];
  const duplicates: Duplicates[] = [];
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
    if (!isList(values) || values.length !== run.length || !values.every(isMapping)) {
      throw new Refusal(brokenYaml, 'the items of the list cannot be told apart', first.start);
    }
    for (const [at, { index, start, end }] of run.entries()) items.push([index, values[at] ?? null, { start, end }]);
    if (document !== undefined && document.duplicates.length > 0) {
      duplicates.push({ base: first.start, duplicates: document.duplicates });
    }
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
  return { items, duplicates, skipped };
}
