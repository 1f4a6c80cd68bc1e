import type { HereVerdict, Migration, Moved, PlacedAt, ShapeName, Verdict } from '../answers/migrate/model.ts';
import { listed, many } from '../diagnostics/words.ts';

export type PlacedMigration = Migration<PlacedAt>;
export type PlacedMove = Moved<PlacedAt>;

/** What becomes of something elsewhere, in a word or two. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  same: 'same',
  differs: 'differs',
  unchecked: 'not checked',
  none: 'none',
};

export const HERE_WORDS: Readonly<Record<HereVerdict, string>> = {
  same: 'same',
  differs: 'differs',
  refused: 'refused',
  idle: 'no effect',
  removed: 'removed',
};

/** What a move concerns besides annotations. */
export const SHAPE_WORDS: Readonly<Record<ShapeName, string>> = {
  regexPaths: 'paths that are regular expressions',
  implementationSpecific: 'paths of type ImplementationSpecific',
  prefixPaths: 'paths of type Prefix',
  sharedHosts: 'hosts of several Ingresses',
  wildcardHosts: 'wildcard hosts',
  defaultBackends: 'default backends',
  tlsSecrets: 'TLS Secrets',
  canaries: 'canaries',
};

/** The heading of each column of totals. */
export const TOTAL_HEADS = ['', 'same', 'differs', 'not checked', 'refused or none'] as const;

/** `142 Ingresses, 118 with annotations of ingress-nginx` */
export function countText({ totals: { ingresses, withAnnotations } }: PlacedMigration): string {
  return `${many(ingresses, 'Ingress', 'Ingresses')}, ${withAnnotations} with annotations of ingress-nginx`;
}

/** `incomplete: 2 errors; not counted: shop/web, shop/api and 3 more` */
export function gapText({ incomplete }: PlacedMigration, most: number): string | undefined {
  if (incomplete === undefined) return undefined;
  const { errors, ingresses } = incomplete;
  const them = errors === 1 ? 'it is' : 'they are';
  const left = ingresses.length === 0 ? `what ${them} about is not counted` : `not counted: ${listed(ingresses, most)}`;
  return `incomplete: ${errors === 0 ? '' : `${many(errors, 'error')}; `}${left}`;
}

/** A row for here, and one for each target. */
export function totalRows({ totals, targets }: PlacedMigration): readonly (readonly string[])[] {
  const { same, differs, refused } = totals.here;
  const here = ['ingress2nginx (nginx)', same, differs, 0, refused].map(String);
  const there = totals.there.map(({ target, ...counts }) => {
    const { name = target, version = '' } = targets.find(({ id }) => id === target) ?? {};
    return [`${name} ${version}`, ...[counts.same, counts.differs, counts.unchecked, counts.none].map(String)];
  });
  return [here, ...there];
}

/** `k8s/shop.yaml:12:5` */
export function placeText(at: PlacedAt): string {
  return at === undefined ? '' : `${at.file}:${at.line}:${at.column}`;
}

/** Whether nothing is to be done or decided, whichever way somebody goes. */
export function isSameEverywhere({ here, there }: PlacedMove): boolean {
  const isHere = here === undefined || here.verdict === 'same';
  return isHere && there.every(({ verdict }) => verdict === 'same');
}
