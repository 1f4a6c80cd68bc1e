import { EVENT_ID } from 'js-yaml/browser';

import type { Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import { cutItems } from './cut-list.ts';
import { cutDocuments } from './cut.ts';
import type { Span } from './cut.ts';
import { Refusal, eventsOf } from './events.ts';
import { helmSourceOf } from './helm-source.ts';
import type { Places } from './lines.ts';
import { places } from './lines.ts';
import { siftMessages } from './tool-messages.ts';

/** A comment in a manifest that is meant for us, as `# ingress2nginx-disable-file I2N203`. */
export interface Comment {
  /** From `ingress2nginx-` on. */
  readonly text: string;
  readonly at: Origin;
  /** The next line that is neither empty nor a comment nor a `---`; undefined at the end of a file. */
  readonly nextLine: number | undefined;
  /** The template of a Helm chart that made the document it stands in. */
  readonly template: string | undefined;
}

/** What such comments begin with. */
const MARK = 'ingress2nginx-disable';
const COMMENT = /(?<=^|[ \t\r\n])#+[ \t]*(?=ingress2nginx-disable)/g;
const SECRET = /\bkind["']?[ \t]*:[ \t]*["']?Secret\b/;
const REST_OF_LINE = /[^\r\n]*/y;
const NOTHING = /^[ \t]*(?:#.*|---[ \t]*(?:#.*)?)?$/;

/**
 * The comments that are meant for us. They count only where YAML has a comment: text in a block or in quotes, such as a
 * snippet, may hold such a line as well. A document that cannot be read has none.
 */
export function commentsIn(source: SourceText): readonly Comment[] {
  if (!source.text.includes(MARK)) return [];
  const { text } = siftMessages(source.text);
  const scan = { text, source, toOrigin: places(), behind: linesBehind(text) };
  return cutDocuments(text).flatMap(document => {
    const template = helmSourceOf(text, document.start);
    return piecesOf(text, document).flatMap(piece => commentsOf(scan, piece, template));
  });
}

interface Scan {
  /** Without what tools said in it. */
  readonly text: string;
  readonly source: SourceText;
  readonly toOrigin: Places;
  readonly behind: ReturnType<typeof linesBehind>;
}

/** Of longer documents each item is looked at by itself, if it is a list: the events of all would fill the memory. */
const LONG = 1024 * 1024;
/** The events of longer ones are not worth it. */
const LONGEST = 8 * LONG;

function piecesOf(text: string, document: Span): readonly Span[] {
  const length = document.end - document.start;
  const items = length > LONG ? cutItems(text, document)?.items : undefined;
  return items ?? (length > LONGEST ? [] : [document]);
}

function commentsOf(
  { text, source, toOrigin, behind }: Scan,
  piece: Span,
  template: string | undefined,
): readonly Comment[] {
  const slice = text.slice(piece.start, piece.end);
  const found = [...slice.matchAll(COMMENT)];
  const scalars = found.length === 0 ? [] : scalarsIn(slice);
  if (scalars === undefined) return [];
  // A comment may stand behind the value of a Secret.
  const isSecret = SECRET.test(slice);
  return found
    .filter(({ index }) => !isInside(index, scalars))
    .map(({ index, 0: lead }) => {
      const start = piece.start + index + lead.length;
      const said = saidAt(text, start);
      const at = toOrigin(source, { start, end: start + said.length, isSecret });
      return { text: said, at, nextLine: behind[at.line - 1], template };
    });
}

/** Another comment may begin in the same line. */
function saidAt(text: string, start: number): string {
  REST_OF_LINE.lastIndex = start;
  const rest = REST_OF_LINE.exec(text)?.[0] ?? '';
  const other = rest.search(/[ \t]#/);
  return rest.slice(0, other === -1 ? rest.length : other).trimEnd();
}

/** Where the values and keys of a document stand, in order; undefined when it is not YAML. */
function scalarsIn(text: string): readonly Span[] | undefined {
  try {
    return eventsOf(text).flatMap(event =>
      event.type === EVENT_ID.SCALAR && event.valueStart !== -1
        ? [{ start: event.valueStart, end: event.valueEnd }]
        : [],
    );
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function isInside(offset: number, spans: readonly Span[]): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return offset < (spans[low - 1]?.end ?? 0);
}

/** Of each line, from 0: the number, from 1, of the first line behind it that says something. */
function linesBehind(text: string): readonly (number | undefined)[] {
  const behind: (number | undefined)[] = [];
  let next: number | undefined;
  for (const [index, line] of [...text.split(/\r\n?|\n/).entries()].toReversed()) {
    behind.push(next);
    if (!NOTHING.test(line)) next = index + 1;
  }
  return behind.toReversed();
}
