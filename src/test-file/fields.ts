import type { Entry, Node, Problem } from '../config-file/nodes.ts';
import { numberIn, shown, textIn } from '../config-file/scalars.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';

export type ReportProblem = (problem: Problem) => void;

/** What is made of fields one by one. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** How the value of each field is read. */
export type FieldReaders = Readonly<Record<string, (value: Node, key: Entry['key']) => void>>;

/** Reads the fields of a mapping; those that nobody knows are reported. False where it is none. */
export function readFields(node: Node, what: string, readers: FieldReaders, report: ReportProblem): boolean {
  if (node.kind !== 'mapping') {
    const known = Object.keys(readers);
    const help = `it takes ${listed(known, known.length)}`;
    report({ start: node.start, message: `${what} must be a mapping, got ${shown(node)}`, help });
    return false;
  }
  for (const { key, value } of node.entries) {
    const read = Object.hasOwn(readers, key.text) ? readers[key.text] : undefined;
    if (read === undefined) refuseKey(key, what, readers, report);
    else read(value, key);
  }
  return true;
}

function refuseKey({ text, start }: Entry['key'], what: string, readers: FieldReaders, report: ReportProblem): void {
  const known = Object.keys(readers);
  const near = suggest(text, known);
  const help = near === undefined ? `${what} takes ${listed(known, known.length)}` : `did you mean "${near}"?`;
  report({ start, message: `unknown field "${text}" in ${what}`, help });
}

/** A text that is not empty. */
export function readText(node: Node, name: string, report: ReportProblem): string | undefined {
  const text = textIn(node);
  if (text === undefined) {
    const isWritten = node.kind === 'text' && node.text !== '';
    const help = isWritten ? { help: `write it in quotes: "${node.text}"` } : {};
    report({ start: node.start, message: `"${name}" must be a text, got ${shown(node)}`, ...help });
    return undefined;
  }
  if (text.text.trim() !== '') return text.text;
  report({ start: node.start, message: `"${name}" must not be empty` });
  return undefined;
}

export function readSwitch(node: Node, name: string, report: ReportProblem): boolean | undefined {
  if (node.kind === 'text' && node.isPlain && (node.text === 'true' || node.text === 'false'))
    return node.text === 'true';
  report({ start: node.start, message: `"${name}" must be true or false, got ${shown(node)}` });
  return undefined;
}

/** A number within bounds. */
export function readNumber(
  node: Node,
  { name, least, most }: { readonly name: string; readonly least: number; readonly most: number },
  report: ReportProblem,
): number | undefined {
  const number = Number(numberIn(node)?.text);
  if (number >= least && number <= most) return number;
  report({ start: node.start, message: `"${name}" must be a number from ${least} to ${most}, got ${shown(node)}` });
  return undefined;
}

/** One of some words. */
export function readWord<W extends string>(
  node: Node,
  { name, words }: { readonly name: string; readonly words: readonly W[] },
  report: ReportProblem,
): W | undefined {
  const text = node.kind === 'text' ? node.text : undefined;
  const word = words.find(each => each === text);
  if (word !== undefined) return word;
  const near = text === undefined ? undefined : suggest(text, words);
  const help = near === undefined ? `use ${listed(words, words.length)}` : `did you mean "${near}"?`;
  report({ start: node.start, message: `invalid value for "${name}": ${shown(node)}`, help });
  return undefined;
}

/** Each value of a list, or the one that stands there without one. */
export function itemsOf(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : [node];
}
