import type { Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';

/** Longer lines are cut; a finding further to the right has no excerpt. */
const EXCERPT_LENGTH = 200;

/** Turns offsets into places. The line starts of a source are looked for once, at its first place. */
export type Places = (source: SourceText, span: PlaceSpan) => Origin;

export interface PlaceSpan {
  readonly start: number;
  readonly end: number;
  /** The line may hold secret material and must not be shown. */
  readonly isSecret?: boolean;
}

export function places(): Places {
  const indexes = new Map<SourceText, readonly number[]>();
  return (source, span) => {
    let starts = indexes.get(source);
    if (starts === undefined) {
      starts = lineStarts(source.text);
      indexes.set(source, starts);
    }
    return originAt(source, starts, span);
  };
}

/** Lines end at LF, CR LF or CR, as in YAML. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}

function originAt(source: SourceText, starts: readonly number[], span: PlaceSpan): Origin {
  const line = lineOf(starts, span.start);
  const lineStart = starts[line] ?? 0;
  const endLine = lineOf(starts, span.end);
  const origin = {
    file: source.name,
    line: line + 1,
    column: span.start - lineStart + 1,
    endLine: endLine + 1,
    endColumn: span.end - (starts[endLine] ?? 0) + 1,
  };
  const nextLine = starts[line + 1] ?? source.text.length;
  if (
    source.isFromOutside === true ||
    span.isSecret === true ||
    origin.column > EXCERPT_LENGTH ||
    mentionsSecret(source.text, lineStart, nextLine)
  ) {
    return origin;
  }
  const cut = source.text.slice(lineStart, Math.min(nextLine, lineStart + EXCERPT_LENGTH));
  return { ...origin, excerpt: cut.replace(/[\r\n]+$/, '') };
}

/** The last line that begins at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A Secret written on one line stands beside whatever else is on that line. Only what would be shown is looked at. */
function mentionsSecret(text: string, start: number, end: number): boolean {
  return /Secret["']?\s*[,}\]]|(?:data|stringData)["']?\s*:\s*\{/.test(
    text.slice(start, Math.min(end, start + EXCERPT_LENGTH)),
  );
}
