import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/place.ts';
import { many } from '../diagnostics/words.ts';
import type { PassedOver, SourceText } from '../input/source.ts';
import { adviceFor } from './advice.ts';
import type { Span } from './cut.ts';
import type { ReadObject } from './document.ts';
import type { Refusal } from './events.ts';
import type { Places } from './lines.ts';
import type { Locate } from './locate.ts';
import { brokenYaml, moreProblems } from './rules/syntax.ts';

/** Where the objects of a source go. */
export interface Sink {
  /** Takes each object when it is clear that nothing more will be said of its text. */
  readonly add: (object: ReadObject) => void;
  /** All of them were a mistake: the source is read again in another way. */
  readonly takeBack: () => void;
  /** Takes what is passed over in a file of a repository. */
  readonly passOver?: (passed: PassedOver) => void;
  /** Says of a document of YAML, before it is parsed, whether it is left out. */
  readonly leavesOut?: (piece: Piece, source: SourceText) => boolean;
}

/** A document of a source, and how many are before it. */
export interface Piece extends Span {
  readonly index: number;
}

/** The reading of one source: where its objects and its problems go. */
export interface Reading extends Sink {
  readonly source: SourceText;
  /** Takes a function: a finding that is only counted is never made, and its place never looked for. */
  readonly report: (find: () => Finding) => void;
  readonly toOrigin: Places;
  readonly locate: Locate;
  /** Objects of other kinds, counted by `apiVersion/kind`. */
  readonly skipped: Map<string, number>;
}

/** More findings than these are only counted. */
const MAX_PROBLEMS = 20;

export function countSkipped(reading: Reading, label: string): void {
  reading.skipped.set(label, (reading.skipped.get(label) ?? 0) + 1);
}

/** Passes on the first findings of a source; `finish` says how many there were beyond them. */
export function bounded(report: Report, at: Origin): Pick<Reading, 'report'> & { readonly finish: () => void } {
  let count = 0;
  return {
    report: find => {
      count++;
      if (count <= MAX_PROBLEMS) report(find());
    },
    finish: () => {
      const hidden = count - MAX_PROBLEMS;
      if (hidden <= 0) return;
      const message = `${many(hidden, 'more problem')} in this file, not shown`;
      report({ rule: moreProblems, message, at, help: 'check whether this file holds Kubernetes manifests at all' });
    },
  };
}

/** Turns a refusal inside a document of the source into a diagnostic; its offset counts from the document's start. */
export function reportRefusal(reading: Reading, refusal: Refusal, document: Span): void {
  reading.report(() => {
    const { text } = reading.source;
    const start = Math.min(document.start + refusal.offset, document.end);
    const isSecret = /\bkind["']?[ \t]*:[ \t]*["']?Secret\b/.test(text.slice(document.start, document.end));
    const placeAt = (offset: number): Origin =>
      reading.toOrigin(reading.source, { start: offset, end: offset, isSecret });
    if (refusal.rule !== brokenYaml) {
      const { rule, message, help } = refusal;
      return { rule, message, at: placeAt(start), ...(help === undefined ? {} : { help }) };
    }
    const { message, help, offset = start } = adviceFor(refusal, text, start);
    const at = placeAt(offset);
    // A value of a Secret that begins with * or ! would be quoted as an alias or a tag.
    const hidden = isSecret ? message.replaceAll(/"[^"]*"|characters: .*/gs, '…') : message;
    const found = { rule: refusal.rule, message: `not valid YAML: ${hidden}`, at };
    return help === undefined || (isSecret && help.includes('"')) ? found : { ...found, help };
  });
}
