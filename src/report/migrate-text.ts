import type { ChalkInstance } from 'chalk';

import { readable, visible } from '../diagnostics/visible.ts';
import { listed, many } from '../diagnostics/words.ts';
import type { PlacedAt } from '../answers/migrate/model.ts';
import type { PlacedMigration, PlacedMove } from './migrate-words.ts';
import {
  countText,
  gapText,
  HERE_WORDS,
  isSameEverywhere,
  placeText,
  SHAPE_WORDS,
  TOTAL_HEADS,
  totalRows,
  VERDICT_WORDS,
} from './migrate-words.ts';
import { tableText } from './table-text.ts';
import { wrapText } from './wrap.ts';

export interface MigrateLayout {
  readonly style: ChalkInstance;
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** All Ingresses instead of the first few, and what is the same as well. */
  readonly isVerbose: boolean;
}

/** So many Ingresses are named, and annotations of others. */
const FEW = 3;
const MOST_OTHERS = 10;

const NO_OPTIONS = 'Options: none read; name the ConfigMap of the controller with --controller-config';

/** For people. Ends in a newline. */
export function migrateText(migration: PlacedMigration, layout: MigrateLayout): string {
  const { style } = layout;
  const { annotations, options, shapes } = migration;
  const heads = TOTAL_HEADS.map(head => head.toUpperCase());
  const named = shapes.map(shape => ({ ...shape, name: SHAPE_WORDS[shape.name] }));
  const gap = gapText(migration, layout.isVerbose ? Number.POSITIVE_INFINITY : FEW);
  const gaps = gap === undefined ? '' : `\n${style.yellow(wrapText(visible(gap), layout.columns))}`;
  const parts = [
    `${style.bold(countText(migration))}${gaps}\n\n${tableText(heads, totalRows(migration), style).trimEnd()}`,
    sectionText('Annotations', annotations, layout),
    options === undefined ? wrapText(NO_OPTIONS, layout.columns) : sectionText('Options', options, layout),
    sectionText('Besides annotations', named, layout),
    unknownText(migration, layout),
    othersText(migration, layout),
    migration.targets.map(target => targetText(target, layout.columns)).join('\n'),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function targetText({ name, version, product, notes }: PlacedMigration['targets'][number], columns?: number): string {
  const lines = notes.map(({ text }) => indented(text, '  ', columns));
  return [wrapText(`${name} ${version}: ${product}`, columns), ...lines].join('\n');
}

/** A text behind an indent; further lines stand two columns behind it. */
function indented(text: string, indent: string, columns: number | undefined): string {
  const wrapped = wrapText(text, columns === undefined ? undefined : columns - indent.length);
  return wrapped
    .split('\n')
    .map(line => indent + line)
    .join('\n');
}

function sectionText(title: string, moved: readonly PlacedMove[], layout: MigrateLayout): string {
  if (moved.length === 0) return '';
  const isShort = (each: PlacedMove): boolean => !layout.isVerbose && isSameEverywhere(each);
  const blocks = moved.filter(each => !isShort(each)).map(each => blockText(each, layout));
  const rest = moved.filter(isShort);
  const same = rest.map(({ name, ingresses }) => (ingresses.length === 0 ? name : `${name} (${ingresses.length})`));
  const last = rest.length === 0 ? [] : [indented(`the same: ${same.join(', ')}`, '  ', layout.columns)];
  return [layout.style.bold(title), ...blocks, ...last].join('\n');
}

function blockText({ name, ingresses, at, here, there }: PlacedMove, layout: MigrateLayout): string {
  const { style, columns } = layout;
  const how = here === undefined || here.how.length === 0 ? '' : `: ${here.how.join('; ')}`;
  const lines = [
    ...(here === undefined ? [] : [`here: ${HERE_WORDS[here.verdict]}${how}`]),
    ...there.map(({ target, verdict, how: words }) => `${target}: ${VERDICT_WORDS[verdict]}: ${words}`),
  ];
  const head = `${style.bold(visible(name))}${useText(ingresses, at, layout)}`;
  return [indented(head, '  ', columns), ...lines.map(line => indented(line, '    ', columns))].join('\n');
}

/** `: 12 Ingresses (shop/web, shop/api and 10 more), k8s/shop.yaml:12:5` */
function useText(ingresses: readonly string[], at: PlacedAt, { isVerbose }: MigrateLayout): string {
  const names = listed(ingresses, isVerbose ? ingresses.length : FEW);
  const holders =
    ingresses.length === 0 ? [] : [`${many(ingresses.length, 'Ingress', 'Ingresses')} (${visible(names)})`];
  const place = at === undefined ? [] : [visible(placeText(at))];
  const texts = [...holders, ...place];
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
}

function unknownText({ unknown }: PlacedMigration, layout: MigrateLayout): string {
  if (unknown.length === 0) return '';
  const lines = unknown.map(({ name, meant, ingresses, at }) => {
    const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
    return indented(`${visible(name)}${useText(ingresses, at, layout)}${advice}`, '  ', layout.columns);
  });
  return [layout.style.bold('Unknown to ingress-nginx, under its prefix'), ...lines].join('\n');
}

function othersText({ others }: PlacedMigration, { style, columns, isVerbose }: MigrateLayout): string {
  if (others.length === 0) return '';
  const most = isVerbose ? others.length : MOST_OTHERS;
  const keys = others.map(({ name, ingresses }) => `${name} (${ingresses.length})`);
  return `${style.bold('Annotations that ingress-nginx does not read')}\n${indented(readable(listed(keys, most)), '  ', columns)}`;
}
