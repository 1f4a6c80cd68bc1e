import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import { listed, many } from '../diagnostics/words.ts';
import type { Baseline, BaselineEntry } from './baseline-file.ts';
import type { Fingerprinted } from './fingerprint.ts';
import type { Levels } from './levels.ts';
import { saysNothing } from './levels.ts';
import { ruleNamed } from './named-rules.ts';
import { outdatedBaseline } from './rules/baseline.ts';

/** The findings of a run beside those of a baseline. */
export interface BesideBaseline {
  readonly fresh: readonly Fingerprinted[];
  readonly known: readonly Fingerprinted[];
  readonly outdated: readonly Baseline['entries'][number][];
}

/** What is always said is no part of a baseline, as it cannot be suppressed. */
export function belongsInBaseline({ rule }: Fingerprinted): boolean {
  return rule.canBeSuppressed !== false && rule !== outdatedBaseline;
}

/** Tells which findings a baseline has. */
export function besideBaseline(found: readonly Fingerprinted[], { entries }: Baseline): BesideBaseline {
  const inBaseline = new Set(entries.map(({ fingerprint }) => fingerprint));
  const fresh: Fingerprinted[] = [];
  const known: Fingerprinted[] = [];
  for (const each of found) {
    const isKnown = belongsInBaseline(each) && inBaseline.has(each.fingerprint);
    (isKnown ? known : fresh).push(each);
  }
  const seen = new Set(known.map(({ fingerprint }) => fingerprint));
  return { fresh, known, outdated: entries.filter(({ fingerprint }) => !seen.has(fingerprint)) };
}

/** What a run can say of an entry. */
export interface RunScope {
  readonly levels: Levels;
  /** Whether this file of the repository was read, or is gone: else nobody knows what is in it. */
  readonly isKnown: (file: string) => boolean;
}

/** Says of all entries at once that nothing is found any more of what they stand for. */
export function outdatedFinding(
  { file, entries }: Baseline,
  outdated: readonly Baseline['entries'][number][],
  scope: RunScope,
): Finding | undefined {
  const sure = outdated.filter(entry => isSure(entry, scope));
  const [first] = sure;
  if (first === undefined) return undefined;
  const names = listed(sure.map(({ name, object, file: where }) => `${name} of ${object ?? where ?? 'the input'}`));
  const message = `${sure.length} of ${many(entries.length, 'entry', 'entries')} of the baseline ${sure.length === 1 ? 'matches' : 'match'} no finding any more: ${names}`;
  return { rule: outdatedBaseline, message, help: `write it again: --write-baseline ${file}`, at: first.at };
}

/** Rules that say nothing in this run may have found it. */
function isSure({ rule: id, file }: BaselineEntry, { levels, isKnown }: RunScope): boolean {
  if (file !== undefined && !isKnown(file)) return false;
  const named = ruleNamed(id);
  return named.kind === 'unknown' || !saysNothing(named.rule, levels);
}

/** What a baseline says of a finding. */
export function entryOf(
  { rule, message, fingerprint }: Fingerprinted,
  at: Origin | undefined,
  pathOf: (file: string) => string,
): BaselineEntry {
  return {
    fingerprint,
    rule: rule.id,
    name: rule.name,
    ...(at?.object === undefined ? {} : { object: objectText(at.object) }),
    ...(at === undefined ? {} : { file: pathOf(at.file) }),
    message,
  };
}
