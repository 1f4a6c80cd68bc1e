import type { Fix } from '../diagnostics/fix.ts';
import type { PlainValue } from '../json/value.ts';
import type { SourceText } from '../input/source.ts';
import { construct } from '../manifests/construct.ts';
import type { Document } from '../manifests/document.ts';
import { Refusal } from '../manifests/events.ts';
import type { Change } from './changes.ts';
import { areApart, changed, inOrder } from './changes.ts';
import { isSameValue, meant } from './meaning.ts';
import type { Plan } from './plan.ts';
import { planner } from './plan.ts';
import type { TakesText } from './in-place.ts';

/** What became of fixes. */
export interface Applied {
  readonly made: readonly Fix[];
  /** Those that are not made, and why. */
  readonly refused: readonly { readonly fix: Fix; readonly reason: string }[];
  /** The changes of each source that has any, in order. */
  readonly changes: ReadonlyMap<SourceText, readonly Change[]>;
}

interface Candidate extends Plan {
  readonly fix: Fix;
}

/**
 * Makes all fixes that leave each other alone, each as a whole. Of two that do not, the one that begins earlier is made,
 * and the other one is neither made nor refused: it is there again when the result is looked at. A text that would not
 * mean what the fixes want is not made.
 *
 * @param isTaken asked of values that get quotes
 */
export function applyFixes(
  fixes: readonly Fix[],
  documents: readonly Document[],
  isTaken: TakesText = () => false,
): Applied {
  const plan = planner(documents, isTaken);
  const refused: { readonly fix: Fix; readonly reason: string }[] = [];
  const bySource = new Map<SourceText, Map<number, Candidate[]>>();
  for (const fix of fixes) {
    const planned = plan(fix);
    if ('refused' in planned) {
      refused.push({ fix, reason: planned.refused });
      continue;
    }
    const { source, start } = planned.holder;
    const inSource = bySource.get(source) ?? new Map<number, Candidate[]>();
    bySource.set(source, inSource);
    inSource.set(start, [...(inSource.get(start) ?? []), { ...planned, fix }]);
  }
  const made: Fix[] = [];
  const changes = new Map<SourceText, readonly Change[]>();
  for (const [source, candidatesByStart] of bySource) {
    const own: Change[] = [];
    for (const candidates of candidatesByStart.values()) {
      const chosen = chosenOf(candidates);
      for (const { fix, reason } of chosen.refused) refused.push({ fix, reason });
      for (const candidate of chosen.made) {
        made.push(candidate.fix);
        own.push(...candidate.changes);
      }
    }
    if (own.length > 0) changes.set(source, inOrder(own));
  }
  return { made, refused, changes };
}

const NOT_MEANT = 'the text would not mean what it should';

/** Of the fixes of one document. */
function chosenOf(
  candidates: readonly Candidate[],
): Pick<Applied, 'refused'> & { readonly made: readonly Candidate[] } {
  const chosen = apartOf(candidates);
  const value = valueOf(candidates);
  if (value !== undefined && meansIt(value, chosen)) return { made: chosen, refused: [] };
  // One of them spoils the others.
  const good = value === undefined ? [] : chosen.filter(candidate => meansIt(value, [candidate]));
  const isGood = value !== undefined && meansIt(value, good);
  const made = isGood ? good : good.slice(0, 1);
  const bad = chosen.filter(candidate => !good.includes(candidate));
  return { made, refused: bad.map(({ fix }) => ({ fix, reason: NOT_MEANT })) };
}

/** In the order in which they begin, without those that are in the way of an earlier one. */
function apartOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const inTurn = candidates.toSorted((a, b) => startOf(a) - startOf(b));
  const inTheWay = conflictsOf(inTurn);
  const taken = new Set<Candidate>();
  const emptied = new Set<string>();
  for (const candidate of inTurn) {
    const mappings = removedFrom(candidate);
    if (mappings.some(mapping => emptied.has(mapping))) continue;
    if (inTheWay.get(candidate)?.some(other => taken.has(other)) === true) continue;
    for (const mapping of mappings) emptied.add(mapping);
    taken.add(candidate);
  }
  return [...taken];
}

/** Which of them are in each other's way; what a document has is gone through once. */
function conflictsOf(candidates: readonly Candidate[]): ReadonlyMap<Candidate, readonly Candidate[]> {
  const all = candidates.flatMap(candidate => candidate.changes.map(change => ({ candidate, change })));
  all.sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end);
  const conflicts = new Map<Candidate, Candidate[]>();
  const note = (one: Candidate, other: Candidate): void => {
    const known = conflicts.get(one);
    if (known === undefined) conflicts.set(one, [other]);
    else known.push(other);
  };
  for (const [index, { candidate, change }] of all.entries()) {
    for (let next = index + 1; (all[next]?.change.start ?? Infinity) <= change.end; next++) {
      const other = all[next];
      if (other === undefined || other.candidate === candidate || areApart(change, other.change)) continue;
      note(candidate, other.candidate);
      note(other.candidate, candidate);
    }
  }
  return conflicts;
}

function startOf({ changes }: Candidate): number {
  return Math.min(...changes.map(({ start }) => start));
}

/** Two fixes that take the last fields of a mapping would each leave it to the other one to take the mapping as well. */
function removedFrom({ edits }: Candidate): readonly string[] {
  return edits
    .filter(({ edit }) => edit.kind === 'remove' || edit.kind === 'move')
    .map(({ path }) => JSON.stringify(path.slice(0, -1)));
}

function valueOf([first]: readonly Candidate[]): PlainValue | undefined {
  if (first === undefined) return undefined;
  const { source, start, end } = first.holder;
  return onlyValue(source.text.slice(start, end));
}

function onlyValue(text: string): PlainValue | undefined {
  try {
    const documents = construct(text);
    return documents.length === 1 ? documents[0]?.value : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function meansIt(value: PlainValue, candidates: readonly Candidate[]): boolean {
  const [first] = candidates;
  if (first === undefined) return true;
  const { source, start, end } = first.holder;
  const changes = candidates
    .flatMap(candidate => candidate.changes)
    .map(change => ({ ...change, start: change.start - start, end: change.end - start }));
  const result = onlyValue(changed(source.text.slice(start, end), changes));
  const edits = candidates.flatMap(candidate => candidate.edits);
  return result !== undefined && isSameValue(result, meant(value, edits));
}
