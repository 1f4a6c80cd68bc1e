import { isList, isRecord } from '../json/value.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';
import { construct } from './construct.ts';
import type { YamlDocument } from './construct.ts';
import { cutItems } from './cut-list.ts';
import { DOCUMENTS, ITEMS, cutDocuments, hasBrokenSeparator, unusedKinds } from './cut.ts';
import type { Span } from './cut.ts';
import type { ReadObject } from './document.ts';
import { judgeDuplicates } from './duplicates.ts';
import { Refusal } from './events.ts';
import { addWhileReadable } from './attempt.ts';
import { addObject } from './objects.ts';
import type { ListItem, Spot, Typed } from './objects.ts';
import { addParts, addReadable } from './parts.ts';
import { quickRead } from './quick-yaml.ts';
import { countSkipped, reportRefusal } from './reading.ts';
import type { Piece, Reading } from './reading.ts';
import { brokenYaml } from './rules/syntax.ts';
import { furtherObjects, reportMissingSeparator, reportSeparator } from './separators.ts';

/** Of longer documents the items are read one by one, if it is a list. */
const LONG = 64 * 1024;

/**
 * Reads the YAML documents of a source. Documents of kinds that we leave out are recognised by their text and not
 * parsed, so mistakes in them are not seen. A document that cannot be read does not keep the others from being read.
 */
export function* readYaml(reading: Reading): Steps<void> {
  const { text } = reading.source;
  const unused = unusedKinds(text, DOCUMENTS);
  const isPauseDue = pauses();
  for (const [index, span] of cutDocuments(text).entries()) {
    if (isPauseDue((span.end - span.start) / 100)) yield;
    if (hasBrokenSeparator(text, span)) {
      reportSeparator(reading, span);
      yield* addReadable(reading, span, index);
      continue;
    }
    const label = unused(span);
    if (label !== undefined) {
      countSkipped(reading, label);
      continue;
    }
    const piece = { ...span, index };
    if (reading.leavesOut?.(piece, reading.source) === true) continue;
    yield* readPiece(reading, piece);
  }
}

/** Reads a document of a source. */
export function readPiece(reading: Reading, piece: Piece): Steps<void> {
  return piece.end - piece.start > LONG ? readLong(reading, piece) : readDocument(reading, piece);
}

function* readLong(reading: Reading, piece: Piece): Steps<void> {
  if (!(yield* readLongList(reading, piece))) yield* readDocument(reading, piece);
}

function* readDocument(reading: Reading, piece: Piece): Steps<void> {
  try {
    for (const document of documentsIn(reading.source.text, piece)) yield* addYaml(reading, document, piece);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reportRefusal(reading, error, piece);
    yield* addReadable(reading, piece, piece.index);
  }
}

type Read = Pick<YamlDocument, 'value' | 'duplicates'> & Pick<Spot, 'isShallow'>;

/** What js-yaml makes of a part of a text; of nearly all texts it need not be asked. Throws a Refusal. */
function documentsIn(text: string, { start, end }: Span): readonly Read[] {
  const value = quickRead(text, start, end);
  return value === undefined ? construct(text.slice(start, end)) : [{ value, duplicates: [], isShallow: true }];
}

/** An empty document is nothing at all, as for kubectl. */
function* addYaml(reading: Reading, { value, duplicates, isShallow = false }: Read, piece: Piece): Steps<void> {
  if (value === null) return;
  const base = piece.start;
  const [second, ...others] = furtherObjects(reading.source.text, base, duplicates);
  if (second !== undefined) {
    const begins = [second, ...others].map(({ offset }) => base + offset);
    const objects: ReadObject[] = [];
    yield* addParts(into(objects, reading), piece, piece.index, begins);
    if (objects.length > 0) reportMissingSeparator(reading, begins[0] ?? 0, second.key);
    for (const object of objects) reading.add(object);
    return;
  }
  const spot = { document: piece, index: piece.index, itemPath: [], isShallow };
  if (duplicates.length === 0) {
    yield* addObject(reading, value, spot);
    return;
  }
  const objects: ReadObject[] = [];
  yield* addObject(into(objects, reading), value, spot);
  judgeDuplicates(reading, { spot, value, duplicates, base, objects });
  for (const object of objects) reading.add(object);
}

/** The same reading, but for its objects: what is said later may be about all of them. */
function into(objects: ReadObject[], reading: Reading): Reading {
  return { ...reading, add: object => void objects.push(object) };
}

/**
 * Reads a long `kind: List` item by item, since the values of all of it would be in memory at once. False when the list
 * is of a form that must be read as a whole; then nothing was added.
 */
function* readLongList(reading: Reading, piece: Piece): Steps<boolean> {
  const { text } = reading.source;
  const cut = cutItems(text, piece);
  const frame = cut === undefined ? undefined : frameOf(cut.frame);
  if (cut === undefined || frame === undefined) return false;
  const spot = { document: piece, index: piece.index, itemPath: [] };
  return yield* addWhileReadable(reading, { spot, ...frame }, attempt => {
    const items = itemsIn(attempt, cut.items);
    // What was read before cannot be told from what is taken back.
    return piece.index === 0 ? items : [...items];
  });
}

/** Of what kind a list is; undefined when it is none, or not one of the usual form. */
function frameOf(text: string): Pick<Typed, 'kind' | 'apiVersion'> | undefined {
  try {
    const [frame, ...others] = construct(text);
    if (frame === undefined || others.length > 0 || frame.duplicates.length > 0 || !isRecord(frame.value)) return;
    const { kind, apiVersion } = frame.value;
    if (typeof kind !== 'string' || !kind.endsWith('List') || typeof apiVersion !== 'string') return undefined;
    return { kind, apiVersion };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Throws a Refusal when an item is not YAML by itself, or has a key twice. */
function* itemsIn(reading: Reading, spans: readonly Span[]): Generator<ListItem> {
  const { text } = reading.source;
  const unused = unusedKinds(text, ITEMS);
  for (const [index, span] of spans.entries()) {
    const label = unused(span);
    if (label !== undefined) {
      countSkipped(reading, label);
      continue;
    }
    const [document] = documentsIn(text, span);
    const values = document?.value ?? null;
    const [value] = isList(values) ? values : [];
    // An item that is no mapping may be a line of a quoted scalar that looks like one.
    if (!isList(values) || values.length !== 1 || !isRecord(value) || (document?.duplicates.length ?? 0) > 0) {
      throw new Refusal(brokenYaml, 'the items of the list cannot be told apart', span.start);
    }
    yield [index, value, span];
  }
}
