import { isUnused } from './kinds.ts';
import { resolvePlain } from './scalars.ts';

/** A part of a text, by offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text where its YAML documents begin, at every `---` and `...` that stands at the beginning of a line: YAML lets
 * no value contain such a line. Each document has its own `---` and directives, so each can be parsed by itself.
 */
export function cutDocuments(text: string): readonly Span[] {
  return cutUsual(text) ?? cutAny(text);
}

/** The quick way, for texts whose only markers are lines `---`; undefined for all others. */
function cutUsual(text: string): readonly Span[] | undefined {
  if (text.includes('\r') || text.includes('\uFEFF') || /^(?:%|\.\.\.|---[^\n])/.test(text)) return undefined;
  if (text.includes('\n%') || text.includes('\n...')) return undefined;
  const documents: Span[] = [];
  let start = 0;
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', at + 4)) {
    const next = text[at + 4];
    if (next !== '\n' && next !== undefined) return undefined;
    documents.push({ start, end: at + 1 });
    start = at + 1;
  }
  documents.push({ start, end: text.length });
  return documents;
}

/** What may stand behind a `---`; nothing at all is among it. */
const BLANK = ' \t\r\n';

/** Whether a document begins with `---` and no blank behind it, which kubectl takes for a broken separator. */
export function hasBrokenSeparator(text: string, { start }: Span): boolean {
  const at = text[start] === '\uFEFF' ? start + 1 : start;
  return text.startsWith('---', at) && !BLANK.includes(text.charAt(at + 3));
}

/** The careful way: any line end, byte order marks, directives, text, comments or anything else behind a marker. */
export function cutAny(text: string): readonly Span[] {
  const documents: Span[] = [];
  let start = 0;
  for (const marker of text.matchAll(/(?<=^|[\n\r])\uFEFF?(?:---|\.\.\.(?=[ \t\r\n]|$))/g)) {
    const at = marker.index;
    if (at === 0 || (marker[0].endsWith('---') && isPrologue(text.slice(start, at)))) continue;
    documents.push({ start, end: at });
    start = at;
  }
  documents.push({ start, end: text.length });
  return documents.map(span => fromMark(text, span));
}

/** A byte order mark behind a `---`, where one file was appended to another, begins the document, as for kubectl. */
function fromMark(text: string, { start, end }: Span): Span {
  const head = /^---[ \t]*(?:#[^\r\n]*)?\r?\n(?=\uFEFF)/.exec(text.slice(start, Math.min(end, start + 200)))?.[0] ?? '';
  return { start: start + head.length, end };
}

/** The beginning of a line that is no directive, no comment, and not empty. */
const OTHER_LINE = /(?<=^|[\n\r])(?![ \t]*(?:#|[\n\r]|$)|%)/;

/** Directives belong to the document that the next `---` begins. */
function isPrologue(text: string): boolean {
  return /(?:^|[\n\r])%/.test(text) && !OTHER_LINE.test(text.replace(/^(?:\uFEFF|\.\.\.)/, ''));
}

/** How keys stand in a part of a text: what may be before them on their lines, and how most parts begin. */
interface Form {
  readonly prefixes: readonly string[];
  readonly head: RegExp;
}

export const DOCUMENTS: Form = {
  prefixes: [''],
  head: /(?:---\n)?(?:#[^\n]*\n){0,9}(apiVersion: [^\n]*\nkind: [^\n]*)\n/y,
};
export const ITEMS: Form = { prefixes: ['  ', '- '], head: /\n- (apiVersion: [^\n]*\n  kind: [^\n]*)\n/y };

/**
 * Says of documents or list items, in their order, which are of a kind that we leave out, and gives their
 * `apiVersion/kind`. Only the plain forms of both keys are understood; undefined means that it must be parsed.
 */
export function unusedKinds(text: string, { prefixes, head }: Form): (part: Span) => string | undefined {
  const kinds = prefixes.map(prefix => keyFinder(text, `${prefix}kind`));
  const versions = prefixes.map(prefix => keyFinder(text, `${prefix}apiVersion`));
  /** Of beginnings of parts: whether what they say is of a kind that we leave out. */
  const known = new Map<string, boolean>();
  return part => {
    head.lastIndex = part.start;
    const begin = head.exec(text)?.[1];
    if (begin !== undefined) {
      let isMaybeUnused = known.get(begin);
      if (isMaybeUnused === undefined) {
        const [version = '', kind = ''] = begin.split('\n').map(line => line.slice(line.indexOf(':') + 1).trim());
        isMaybeUnused = unusedLabel([version], [kind]) !== undefined;
        known.set(begin, isMaybeUnused);
      }
      if (!isMaybeUnused) return undefined;
    }
    return unusedLabel(
      versions.flatMap(find => find(part)),
      kinds.flatMap(find => find(part)),
    );
  };
}

function unusedLabel(versions: readonly string[], kinds: readonly string[]): string | undefined {
  const version = only(versions);
  const kind = only(kinds);
  return version === undefined || kind === undefined || !isUnused(version, kind) ? undefined : `${version}/${kind}`;
}

const QUOTED = /^(?:"([A-Za-z][A-Za-z0-9./-]*)"|'([A-Za-z][A-Za-z0-9./-]*)')$/;

/** The one value, if it is plain text to YAML too, in quotes or not. */
function only(values: readonly string[]): string | undefined {
  const [value] = values;
  if (value === undefined || values.length > 1) return undefined;
  const [, double, single] = QUOTED.exec(value) ?? [];
  if (double !== undefined || single !== undefined) return double ?? single;
  return /^[A-Za-z][A-Za-z0-9./-]*$/.test(value) && resolvePlain(value) === value ? value : undefined;
}

/**
 * Finds the values of a key in the parts of a text, in their order, but no more than two. One search position runs over
 * the whole text: a search from each part on would read to the end of the text whenever the key is missing.
 */
function keyFinder(text: string, key: string): (part: Span) => readonly string[] {
  const needle = `\n${key}: `;
  const search = (from: number): number => {
    const at = text.indexOf(needle, Math.max(0, from));
    return at === -1 ? text.length : at;
  };
  let next = text.startsWith(needle.slice(1)) ? -1 : search(0);
  return ({ start, end }) => {
    const values: string[] = [];
    if (next < start - 1) next = search(start - 1);
    while (next < end - 1 && values.length < 2) {
      const from = next + needle.length;
      const lineEnd = text.indexOf('\n', from);
      values.push(text.slice(from, lineEnd === -1 ? text.length : lineEnd).trim());
      next = search(from);
    }
    return values;
  };
}
