import type { Fix } from '../diagnostics/fix.ts';
import type { SourceText } from '../input/source.ts';
import { construct } from '../manifests/construct.ts';
import type { YamlDocument } from '../manifests/construct.ts';
import { Refusal } from '../manifests/events.ts';
import type { Change } from './changes.ts';
import { areApart, changed, inOrder } from './changes.ts';
import { isSameValue, meant } from './meaning.ts';
import type { Plan, Texts } from './plan.ts';
import { planner } from './plan.ts';
import type { MeantText } from './in-place.ts';

/** A fix that is not made, and why, as the end of a sentence. */
export interface RefusedFix {
  readonly fix: Fix;
  readonly reason: string;
}

/** What is made in one source. */
export interface MadeFixes {
  readonly count: number;
  /** In order. */
  readonly changes: readonly Change[];
}

/** What became of fixes. */
export interface Applied {
  readonly made: ReadonlyMap<SourceText, MadeFixes>;
  readonly refused: readonly RefusedFix[];
}

interface Candidate extends Plan {
  readonly fix: Fix;
}

/**
 * Makes all fixes that leave each other alone, each as a whole. Of two that do not, the one that begins earlier is made,
 * and the other one is neither made nor refused: it is there again when the result is looked at. A text that would not
 * mean what the fixes want is not made.
 *
 * @param meantText asked of values that get quotes
 */
export function applyFixes(fixes: readonly Fix[], texts: Texts, meantText: MeantText = () => undefined): Applied {
  const plan = planner(texts, meantText);
  const refused: RefusedFix[] = [];
  const bySource = new Map<SourceText, Map<number, Candidate[]>>();
  for (const fix of fixes) {
    const planned = plan(fix);
    if ('refused' in planned) refused.push({ fix, reason: planned.refused });
    else addTo(bySource, { ...planned, fix });
  }
  const made = new Map<SourceText, MadeFixes>();
  for (const [source, candidatesByStart] of bySource) {
    const chosen = [...candidatesByStart.values()].map(chosenOf);
    refused.push(...chosen.flatMap(each => each.refused));
    const all = chosen.flatMap(each => each.made);
    if (all.length === 0) continue;
    made.set(source, { count: all.length, changes: inOrder(all.flatMap(({ changes }) => changes)) });
  }
  return { made, refused };
}

/** By the document that holds it. */
function addTo(bySource: Map<SourceText, Map<number, Candidate[]>>, candidate: Candidate): void {
  const { source, start } = candidate.holder;
  const inSource = bySource.get(source) ?? new Map<number, Candidate[]>();
  const inDocument = inSource.get(start) ?? [];
  inDocument.push(candidate);
  inSource.set(start, inDocument);
  bySource.set(source, inSource);
}

const NOT_MEANT = 'the text would not mean what it should';

/** Of the fixes of one document. */
function chosenOf(
  candidates: readonly Candidate[],
): Pick<Applied, 'refused'> & { readonly made: readonly Candidate[] } {
  const chosen = apartOf(candidates);
  const read = readOf(candidates);
  if (read !== undefined && meansIt(read, chosen)) return { made: chosen, refused: [] };
  // One of them spoils the others.
  const good = read === undefined ? [] : chosen.filter(candidate => meansIt(read, [candidate]));
  const isGood = read !== undefined && meansIt(read, good);
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

function readOf([first]: readonly Candidate[]): YamlDocument | undefined {
  if (first === undefined) return undefined;
  const { source, start, end } = first.holder;
  return onlyDocument(source.text.slice(start, end));
}

function onlyDocument(text: string): YamlDocument | undefined {
  try {
    const documents = construct(text);
    return documents.length === 1 ? documents[0] : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Whether the text of a document says what it should with these fixes, and no key twice that was there once. */
function meansIt({ value, duplicates }: YamlDocument, candidates: readonly Candidate[]): boolean {
  const [first] = candidates;
  if (first === undefined) return true;
  const { source, start, end } = first.holder;
  const changes = candidates
    .flatMap(candidate => candidate.changes)
    .map(change => ({ ...change, start: change.start - start, end: change.end - start }));
  const result = onlyDocument(changed(source.text.slice(start, end), changes));
  const edits = candidates.flatMap(candidate => candidate.edits);
  if (result === undefined || result.duplicates.length > duplicates.length) return false;
  return isSameValue(result.value, meant(value, edits));
}
