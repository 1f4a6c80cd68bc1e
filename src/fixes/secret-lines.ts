/** A document that may be a Secret, or a list with one: however its kind is written, rather one too many. */
const SECRET = /\bkind["']?\s*:\s*(?:[&!|>]\S*\s+)*["']?secret/i;

/** What begins a document, and holds nothing of it. */
const SEPARATOR = /^---\s*(?:#.*)?$/;

/** The numbers of the lines, from 0, that are of a Secret; none of them may be shown. */
export function secretLines(lines: readonly string[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  const hide = (from: number, to: number): void => {
    if (!SECRET.test(lines.slice(from, to).join(''))) return;
    for (let line = from; line < to; line++) if (!SEPARATOR.test(lines[line]?.trimEnd() ?? '')) hidden.add(line);
  };
  let start = 0;
  for (const [index, line] of lines.entries()) {
    if (!/^---(?:\s|$)/.test(line)) continue;
    hide(start, index);
    start = index;
  }
  hide(start, lines.length);
  return hidden;
}
