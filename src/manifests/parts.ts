import { isRecord } from '../json/value.ts';
import type { Steps } from '../steps/steps.ts';
import { construct } from './construct.ts';
import type { YamlDocument } from './construct.ts';
import type { Span } from './cut.ts';
import { Refusal } from './events.ts';
import { looksLikeIngress } from './meant-objects.ts';
import { addMistyped, addObject } from './objects.ts';
import type { Spot } from './objects.ts';
import type { Reading } from './reading.ts';
import { furtherObjects, meantDocuments } from './separators.ts';

/*
 * The objects of a document that is refused for what should separate them. What is wrong has been said. None of them is
 * used, but a broader path or host must not get what its Ingresses ask for.
 */

/** Adds the objects of a span that begin at its start and at each of `begins`. */
export function* addParts(
  reading: Reading,
  { start, end }: Span,
  index: Spot['index'],
  begins: readonly number[],
): Steps<void> {
  const starts = [start, ...begins];
  for (const [number, at] of starts.entries()) {
    yield* addPart(reading, { start: at, end: starts[number + 1] ?? end }, `${index}.${number}`);
  }
}

/** Adds what objects can be read in a document of which the whole cannot. */
export function* addReadable(reading: Reading, document: Span, index: Spot['index']): Steps<void> {
  const { text } = reading.source;
  for (const [number, span] of meantDocuments(text, document).entries()) {
    const firstLine = text.indexOf('\n', span.start) + 1;
    const spans = firstLine === 0 ? [span] : [span, { ...span, start: Math.min(firstLine, span.end) }];
    const readable = spans.find(each => isRecord(parsed(text, each)?.value));
    if (readable === undefined) continue;
    const duplicates = parsed(text, readable)?.duplicates ?? [];
    const begins = furtherObjects(text, readable.start, duplicates).map(({ offset }) => readable.start + offset);
    yield* addParts(reading, readable, `${index}.${number}`, begins);
  }
}

function* addPart(reading: Reading, span: Span, index: string): Steps<void> {
  yield;
  const value = parsed(reading.source.text, span, true)?.value ?? null;
  if (!isRecord(value)) return;
  const kinds: string[] = [];
  const quiet: Reading = {
    ...reading,
    report: () => undefined,
    add: object => {
      kinds.push(object.document.kind);
      reading.add(object);
    },
  };
  const spot = { document: span, itemPath: [], isRefused: true as const };
  yield* addObject(quiet, value, { ...spot, index });
  if (kinds.includes('Ingress') || !looksLikeIngress(value)) return;
  addMistyped(quiet, value, { ...spot, index: `${index}.spec` });
}

function parsed(text: string, { start, end }: Span, unites = false): YamlDocument | undefined {
  try {
    return construct(text.slice(start, end), unites)[0];
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
