const BLOCK_BEGIN = '# BEGIN ingress2nginx';
const BLOCK_END = '# END ingress2nginx';

/** A text with its block brought up to date, or why it was left alone. */
export type BlockEdit =
  /** `before`: how many lines the block had. */
  | { readonly kind: 'edited'; readonly text: string; readonly before: number }
  | { readonly kind: 'refused'; readonly problem: string };

interface Line {
  /** Without its line end. */
  readonly text: string;
  /** `\n`, `\r\n`, or nothing at the end of the text. */
  readonly end: string;
}

/**
 * Gives the marked block of a hosts file these lines, without touching a character outside of it. The block is added at
 * the end if there is none, and taken out when there are no lines: then the text is what it was before.
 *
 * @param text Any characters; bytes may be handed over as Latin-1.
 * @param lines Without line ends.
 */
export function editBlock(text: string, lines: readonly string[]): BlockEdit {
  const all = linesOf(text);
  const begins = numbersOf(all, BLOCK_BEGIN);
  const ends = numbersOf(all, BLOCK_END);
  const [begin] = begins;
  const [end] = ends;
  if (begin === undefined && end === undefined) return { kind: 'edited', text: append(text, lines), before: 0 };
  if (begins.length > 1) return refuse(`has several blocks, at lines ${inWords(begins)}`);
  if (begin === undefined)
    return refuse(`has "${BLOCK_END}" at line ${inWords(ends)}, and no "${BLOCK_BEGIN}" before it`);
  if (end === undefined) return refuse(`has "${BLOCK_BEGIN}" at line ${begin + 1}, and no "${BLOCK_END}" after it`);
  if (ends.length > 1) return refuse(`has "${BLOCK_END}" several times, at lines ${inWords(ends)}`);
  if (end < begin) return refuse(`has "${BLOCK_END}" at line ${end + 1}, before "${BLOCK_BEGIN}" at line ${begin + 1}`);
  return { kind: 'edited', text: replace(all, { begin, end }, lines), before: end - begin - 1 };
}

/** The lines of a hosts file, without line ends; empty where our block is. */
export function linesOutside(text: string): readonly string[] {
  const all = linesOf(text);
  const [begin = all.length] = numbersOf(all, BLOCK_BEGIN);
  const end = numbersOf(all, BLOCK_END).find(index => index > begin) ?? all.length;
  return all.map((line, index) => (index >= begin && index <= end ? '' : line.text));
}

function refuse(problem: string): BlockEdit {
  return { kind: 'refused', problem: `${problem}; correct the file by hand` };
}

function inWords(indexes: readonly number[]): string {
  return indexes.map(index => index + 1).join(', ');
}

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/([^\n]*?)(\r?\n|$)/gy)]
    .map(([, line = '', end = '']) => ({ text: line, end }))
    .filter(({ text: line, end }) => line !== '' || end !== '');
}

/** Where a marker stands; blanks around it are an editor's doing. */
function numbersOf(lines: readonly Line[], marker: string): readonly number[] {
  return [...lines.entries()].filter(([, line]) => line.text.trim() === marker).map(([index]) => index);
}

function append(text: string, lines: readonly string[]): string {
  if (lines.length === 0) return text;
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  const block = [BLOCK_BEGIN, ...lines, BLOCK_END].join(eol);
  // A text without a last line end gets none, so that taking the block out gives it back as it was.
  return text === '' || text.endsWith('\n') ? `${text}${block}${eol}` : `${text}${eol}${block}`;
}

function replace(
  all: readonly Line[],
  { begin, end }: { readonly begin: number; readonly end: number },
  lines: readonly string[],
): string {
  const before = textOf(all.slice(0, begin));
  const after = textOf(all.slice(end + 1));
  const last = all[end]?.end ?? '';
  const eol = all[begin]?.end ?? '\n';
  if (lines.length === 0) return last === '' && before.endsWith(eol) ? before.slice(0, -eol.length) : before + after;
  return [before, ...[BLOCK_BEGIN, ...lines].map(line => line + eol), BLOCK_END, last, after].join('');
}

function textOf(lines: readonly Line[]): string {
  return lines.map(line => line.text + line.end).join('');
}
