import type { Coverage, NameAnswer } from '../answers/names.ts';
import { code, markdownTable } from './markdown.ts';
import type { NamesKind } from './names-words.ts';
import { factsOf, STANDING_HEADS, standingsIn, summaryOf } from './names-words.ts';

/** How many names have each standing; a row for each label. Columns without a name are left out. */
export function coverageTable(rows: readonly (readonly [label: string, coverage: Coverage])[]): string {
  const standings = standingsIn(rows.map(([, coverage]) => coverage));
  return markdownTable(
    ['', ...standings.map(standing => STANDING_HEADS[standing])],
    rows.map(([label, coverage]) => [label, ...standings.map(standing => String(coverage[standing]))]),
  );
}

const HEADS = ['name', 'value', 'default', 'example', 'meaning', 'in nginx', 'since'];

function rowOf(answer: NameAnswer): readonly string[] {
  const { name, value = '', defaultFrom, example = '', becomes = '', since = '' } = answer;
  const byDefault = defaultFrom === undefined ? code(answer.default ?? '') : `the option ${code(defaultFrom)}`;
  return [code(name), value, byDefault, code(example), summaryOf(answer), code(becomes), since];
}

/** Those that are honoured: a table for each family, or one for all where they have none. */
export function honouredTables(answers: readonly NameAnswer[]): string {
  const byFamily = new Map<string | undefined, NameAnswer[]>();
  for (const answer of answers) {
    if (answer.standing !== 'exact' && answer.standing !== 'differs') continue;
    const others = byFamily.get(answer.family);
    if (others === undefined) byFamily.set(answer.family, [answer]);
    else others.push(answer);
  }
  const tables = [...byFamily].map(([family, members]) => {
    const table = markdownTable(HEADS, members.map(rowOf));
    return family === undefined ? table : `### ${family}\n\n${table}`;
  });
  return tables.join('\n\n');
}

/** Those that are not honoured, with the reason. */
export function refusedTable(answers: readonly NameAnswer[]): string {
  const refused = answers.filter(({ standing }) => standing === 'refused' || standing === 'idle');
  return markdownTable(
    ['name', 'meaning', 'why not', 'since'],
    refused.map(answer => {
      const { name, lost = 'the controller itself does not read it', since = '' } = answer;
      return [code(name), summaryOf(answer), lost, since];
    }),
  );
}

/** Those that the controller no longer has. */
export function removedTable(answers: readonly NameAnswer[]): string {
  const removed = answers.filter(({ standing }) => standing === 'removed');
  return markdownTable(
    ['name', 'write instead'],
    removed.map(({ name, instead = '' }) => [code(name), instead]),
  );
}

/** Those that are honoured otherwise than in the controller. */
export function differencesTable(answers: readonly NameAnswer[]): string {
  const rows = answers.flatMap(({ name, differs = [] }) => differs.map(says => [code(name), says]));
  return markdownTable(['name', 'here'], rows);
}

/** All names, as in the documentation. Ends in a newline. */
export function namesMarkdown(answers: readonly NameAnswer[], coverage: Coverage, { several }: NamesKind): string {
  const title = `${several.charAt(0).toUpperCase()}${several.slice(1)}`;
  const has = (...standings: readonly NameAnswer['standing'][]): boolean =>
    standings.some(standing => coverage[standing] > 0);
  const parts = [
    `# ${title}`,
    coverageTable([[several, coverage]]),
    `## Supported\n\n${honouredTables(answers)}`,
    ...(has('refused', 'idle') ? [`## Not honoured\n\n${refusedTable(answers)}`] : []),
    ...(has('removed') ? [`## Removed from the controller\n\n${removedTable(answers)}`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A section for each name. Ends in a newline. */
export function detailsMarkdown(answers: readonly NameAnswer[], kind: NamesKind): string {
  const sections = answers.map(answer => {
    const isCode = new Set(['default', 'example', 'in nginx']);
    const rows = factsOf(answer, kind).map(([label, text]) => [label, isCode.has(label) ? code(text) : text]);
    return `## ${code(kind.prefix + answer.name)}\n\n${summaryOf(answer)}\n\n${markdownTable(['', ''], rows)}`;
  });
  return `${sections.join('\n\n')}\n`;
}
