import type { FieldRef } from '../diagnostics/place.ts';

/** What nginx said of a line of nginx.conf. */
export interface SaidOfLine {
  /** The complaint. */
  readonly text: string;
  /** The line that it names. */
  readonly line: string | undefined;
}

/**
 * The place of the only line of an annotation from which a line of nginx.conf can have come: of a snippet, nginx.conf has
 * the statements as they were written, but for white space. The annotation itself where several lines could be meant.
 */
export function lineOfSnippet(at: FieldRef, value: string, { text, line }: SaidOfLine): FieldRef {
  const lines = value.split('\n').map(plain);
  const name = /^unknown "(\w+)" variable$/.exec(text)?.[1];
  const use = name === undefined ? undefined : new RegExp(String.raw`\$\{?${name}\b`);
  const isMeant = (own: string): boolean => (use === undefined ? own === plain(line ?? '') : use.test(own));
  const found = lines.flatMap((own, index) => (own !== '' && isMeant(own) ? [index + 1] : []));
  const [only] = found;
  return only === undefined || found.length > 1 ? at : { ...at, line: only };
}

function plain(line: string): string {
  return line.trim().replaceAll(/\s+/g, ' ');
}
