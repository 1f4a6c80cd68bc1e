import type { PlainValue } from '../../src/json/value.ts';
import { construct } from '../../src/manifests/construct.ts';
import { cutDocuments } from '../../src/manifests/cut.ts';
import { Refusal } from '../../src/manifests/events.ts';

/** The values of all documents of a text but empty ones, and why the next one is refused. */
export interface PlainDocuments {
  readonly objects: readonly PlainValue[];
  readonly refused?: string;
}

export function readPlainDocuments(text: string): PlainDocuments {
  const objects: PlainValue[] = [];
  try {
    for (const { start, end } of cutDocuments(text)) {
      for (const { value } of construct(text.slice(start, end))) if (value !== null) objects.push(value);
    }
    return { objects };
  } catch (error) {
    if (error instanceof Refusal) return { objects, refused: error.message };
    throw error;
  }
}
