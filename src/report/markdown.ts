/** A line of a table; a bar inside a cell would end it. */
function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

/** A table of Markdown, without a newline at its end. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A text as code; nothing for an empty one. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/**
 * Text of strangers that Markdown shows as it is: no link, no picture, no mention of people or issues, no HTML. A colon
 * makes links and pictures of words where it stands inside of them.
 */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/[&<>`*_~[\]{}()#@|\\!$]|:(?=\S)|(?<=www)\./gi, char => `&#${char.charCodeAt(0)};`);
}
