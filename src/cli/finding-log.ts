import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Place } from '../diagnostics/place.ts';
import { isFieldRef } from '../diagnostics/place.ts';
import type { Locate, Located } from '../diagnostics/located.ts';
import { locateAll } from '../diagnostics/located.ts';
import type { SeverityCounts } from '../diagnostics/severities.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import type { Steps } from '../steps/steps.ts';
import { pauses } from '../steps/steps.ts';

/** How the findings differ from those of the time before. */
export interface FindingChanges {
  readonly fresh: readonly Located[];
  readonly gone: readonly Located[];
  /** Of all that there are now. */
  readonly counts: SeverityCounts;
}

/** Remembers what was found, so that each finding is said once, and not at every sync. */
export function openFindingLog(): (diagnostics: readonly Diagnostic[], locate: Locate) => Steps<FindingChanges> {
  let known: ReadonlyMap<string, Located> = new Map();
  return function* (diagnostics, locate) {
    const isPauseDue = pauses();
    const present = new Map(diagnostics.map(found => [exactKey(found), found]));
    const now = new Map<string, Located>();
    const fresh: Located[] = [];
    const missing: { readonly key: string; readonly found: Diagnostic }[] = [];
    const times = new Map<string, number>();
    for (const found of present.values()) {
      const key = numbered(stableKey(found), times);
      const earlier = known.get(key);
      if (earlier === undefined) missing.push({ key, found });
      else now.set(key, earlier);
      if (isPauseDue(1)) yield;
    }
    // Places are looked up for what is new alone: it means reading the document again.
    for (const { key, found } of missing) {
      if (isPauseDue(5)) yield;
      for (const located of locateAll([found], locate)) {
        now.set(key, located);
        fresh.push(located);
      }
    }
    const gone = [...known].filter(([key]) => !now.has(key)).map(([, located]) => located);
    known = now;
    return { fresh: locatedInOrder(fresh), gone, counts: countSeverities([...present.values()]) };
  };
}

/** Equal for findings that say the same of the same place. */
function exactKey({ rule, message, at }: Diagnostic): string {
  return JSON.stringify([rule.id, message, at === undefined ? [] : isFieldRef(at) ? [at.document, at.path] : at]);
}

/** Stays the same when lines come or go above. */
function stableKey({ rule, severity, message, at }: Diagnostic): string {
  return JSON.stringify([rule.id, severity, message, at === undefined ? [] : stablePlace(at)]);
}

function stablePlace(at: Place): readonly unknown[] {
  // A document is named by its file and where it stands in it.
  return isFieldRef(at) ? [at.document.slice(0, at.document.lastIndexOf('#')), at.path] : [at.file];
}

function numbered(key: string, times: Map<string, number>): string {
  const count = (times.get(key) ?? 0) + 1;
  times.set(key, count);
  return `${count} ${key}`;
}

function locatedInOrder(findings: readonly Located[]): readonly Located[] {
  const key = ({ at, rule }: Located): string =>
    JSON.stringify([at?.file ?? '\uffff', String(at?.line ?? 0).padStart(9, '0'), rule.id]);
  return findings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
