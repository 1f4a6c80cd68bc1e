import type { Located } from '../diagnostics/located.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { visible } from '../diagnostics/visible.ts';
import type { RunCounts } from '../jobs/counts.ts';
import { objectPrefix } from './object-text.ts';

/** A finding that somebody decided not to hear of. */
export interface Suppressed {
  readonly found: Located;
  /** By a comment or an annotation in the manifest, or by a baseline. */
  readonly kind: 'inSource' | 'external';
  readonly reason?: string;
}

/** What would put a finding right. */
export interface ShownFix {
  readonly title: string;
  /** Whether what is rendered stays as it is. */
  readonly effect: 'same' | 'meant';
  /** Each puts the text in the place of what stands there. */
  readonly edits: readonly { readonly at: Origin; readonly text: string }[];
}

/** What every format of `lint` is made of. */
export interface LintReport {
  /** In the order in which people read them. */
  readonly findings: readonly Located[];
  readonly suppressed: readonly Suppressed[];
  /** The names of all texts that were read, those without findings as well. */
  readonly files: readonly string[];
  readonly counts: RunCounts;
  readonly leftOut: readonly { readonly ingress: string; readonly reason: string }[];
  readonly notes: readonly string[];
  /** What failed outside of the input, if something did. */
  readonly problem?: string | undefined;
  /** That of ingress2nginx. */
  readonly version: string;
  /** When the run began, in ISO 8601; only formats that ask for a time have it. */
  readonly startedAt: string;
  /** The path of a file as the repository names it: with slashes, without `./`; absolute where it lies elsewhere. */
  readonly pathOf: (file: string) => string;
  /** The same for a finding as long as it is there, wherever it moves. */
  readonly fingerprintOf: (found: Located) => string;
  readonly fixOf: (found: Located) => ShownFix | undefined;
}

/** The message with its object and what to do, on one line. */
export function sentenceOf(found: Located): string {
  const help = found.help === undefined ? '' : `; help: ${found.help}`;
  return objectPrefix(found) + found.message + templateEnd(found.at) + help;
}

/** ` (shop/templates/ingress.yaml)` behind a message or place in what Helm made; else nothing. */
export function templateEnd(at: Origin | undefined): string {
  return at?.template === undefined ? '' : ` (${at.template})`;
}

/** A path that a program reads: as it is, but for what a terminal would obey. */
export function shownPath({ pathOf }: LintReport, file: string): string {
  return visible(pathOf(file));
}

/** Findings by the file in which they are, in the order of the files; those without a place are under `undefined`. */
export function byFile(findings: readonly Located[]): ReadonlyMap<string | undefined, readonly Located[]> {
  const groups = new Map<string | undefined, Located[]>();
  for (const found of findings) {
    const group = groups.get(found.at?.file);
    if (group === undefined) groups.set(found.at?.file, [found]);
    else group.push(found);
  }
  return groups;
}

const RANK = { error: 0, warning: 1, info: 2 } as const satisfies Readonly<Record<Severity, number>>;

/** Errors first; those of one severity stay in their order. */
export function bySeverity<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}
