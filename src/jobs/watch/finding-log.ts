import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { identityOf, numbering } from '../../diagnostics/identity.ts';
import { isFieldRef } from '../../diagnostics/place.ts';
import type { Located } from '../../diagnostics/located.ts';
import { locateAll } from '../../diagnostics/located.ts';
import type { SeverityCounts } from '../../diagnostics/severities.ts';
import { countSeverities } from '../../diagnostics/severities.ts';
import type { Loaded } from '../loaded.ts';
import { objectFinder } from '../../manifests/object-name.ts';
import type { Steps } from '../../steps/steps.ts';
import { pauses } from '../../steps/steps.ts';

/** What was found, and where. */
type Findings = Pick<Loaded, 'diagnostics' | 'locate' | 'documents'>;

/** How the findings differ from those of the time before. */
export interface FindingChanges {
  readonly fresh: readonly Located[];
  readonly gone: readonly Located[];
  /** Of all that there are now. */
  readonly counts: SeverityCounts;
}

/** Remembers what was found, so that each finding is said once, and not at every sync. */
export function openFindingLog(): (loaded: Findings) => Steps<FindingChanges> {
  let known: ReadonlyMap<string, Located> = new Map();
  return function* ({ diagnostics, locate, documents }) {
    const isPauseDue = pauses();
    const present = new Map(diagnostics.map(found => [exactKey(found), found]));
    const now = new Map<string, Located>();
    const fresh: Located[] = [];
    const missing: { readonly key: string; readonly found: Diagnostic }[] = [];
    const context = { objectOf: objectFinder(documents) };
    const numbered = numbering();
    for (const found of present.values()) {
      const key = numbered(`${nuanceOf(found)} ${identityOf(found, context)}`);
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

/** One that becomes worse is said again; and of equal ones in a list, the one that is gone is said to be gone. */
function nuanceOf({ severity, at }: Diagnostic): string {
  return JSON.stringify([severity, at !== undefined && isFieldRef(at) ? at.path : []]);
}

/** Equal for findings that say the same of the same place. */
function exactKey({ rule, message, at }: Diagnostic): string {
  return JSON.stringify([rule.id, message, at === undefined ? [] : isFieldRef(at) ? [at.document, at.path] : at]);
}

function locatedInOrder(findings: readonly Located[]): readonly Located[] {
  const key = ({ at, rule }: Located): string =>
    JSON.stringify([at?.file ?? '\uffff', String(at?.line ?? 0).padStart(9, '0'), rule.id]);
  return findings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
