import { visible } from '../diagnostics/visible.ts';
import { listed } from '../diagnostics/words.ts';
import { code, markdownTable, plainMarkdown } from './markdown.ts';
import type { PlacedMigration, PlacedMove } from './migrate-words.ts';
import {
  countText,
  gapText,
  HERE_WORDS,
  placeText,
  SHAPE_WORDS,
  TOTAL_HEADS,
  totalRows,
  VERDICT_WORDS,
} from './migrate-words.ts';

export interface MigrateDepth {
  /** All Ingresses instead of the first few. */
  readonly isVerbose: boolean;
}

const FEW = 3;

/** For an issue or a pull request. Ends in a newline. */
export function migrateMarkdown(migration: PlacedMigration, depth: MigrateDepth): string {
  const { annotations, options, shapes, unknown, others, targets } = migration;
  const gap = gapText(migration, depth.isVerbose ? Number.POSITIVE_INFINITY : FEW);
  const parts = [
    `# Leaving ingress-nginx`,
    `${countText(migration)}.`,
    ...(gap === undefined ? [] : [`> ⚠️ ${plainMarkdown(visible(gap))}`]),
    markdownTable(TOTAL_HEADS, totalRows(migration)),
    ...section('Annotations', annotations, migration, depth),
    ...section('Options', options ?? [], migration, depth),
    ...section(
      'Besides annotations',
      shapes.map(shape => ({ ...shape, name: SHAPE_WORDS[shape.name] })),
      migration,
      depth,
    ),
    ...list(
      'Unknown to ingress-nginx, under its prefix',
      unknown.map(({ name, meant, ingresses }) => {
        const advice = meant === undefined ? '' : `; did you mean ${code(meant)}?`;
        return `${plainMarkdown(visible(name))} (${ingresses.length})${advice}`;
      }),
    ),
    ...list(
      'Annotations that ingress-nginx does not read',
      others.map(({ name, ingresses }) => `${plainMarkdown(visible(name))} (${ingresses.length})`),
    ),
    ...list(
      'Checked against',
      targets.flatMap(({ name, version, product, notes }) => [
        `${name} ${version}: ${product}`,
        ...notes.map(({ text, source }) => `[${name}](${source}): ${text}`),
      ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map(item => `- ${item}`).join('\n')];
}

function section(
  title: string,
  moved: readonly PlacedMove[],
  { targets }: PlacedMigration,
  depth: MigrateDepth,
): readonly string[] {
  if (moved.length === 0) return [];
  const hasHere = moved.some(({ here }) => here !== undefined);
  const heads = ['', 'Ingresses', ...(hasHere ? ['here'] : []), ...targets.map(({ name }) => name), 'first'];
  return [
    `## ${title}`,
    markdownTable(
      heads,
      moved.map(each => rowOf(each, hasHere, depth)),
    ),
  ];
}

function rowOf(
  { name, ingresses, here, there, at }: PlacedMove,
  hasHere: boolean,
  { isVerbose }: MigrateDepth,
): readonly string[] {
  const holders =
    ingresses.length === 0 ? '' : `${ingresses.length}: ${listed(ingresses, isVerbose ? ingresses.length : FEW)}`;
  const how = here === undefined || here.how.length === 0 ? '' : `: ${here.how.join('; ')}`;
  return [
    plainMarkdown(visible(name)),
    plainMarkdown(visible(holders)),
    ...(hasHere ? [here === undefined ? '' : plainMarkdown(`${HERE_WORDS[here.verdict]}${how}`)] : []),
    ...there.map(
      ({ verdict, how: words, source }) => `[${VERDICT_WORDS[verdict]}](${source}): ${plainMarkdown(words)}`,
    ),
    plainMarkdown(visible(placeText(at))),
  ];
}
