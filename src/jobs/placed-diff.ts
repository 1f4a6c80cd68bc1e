import type { Cause } from '../answers/explain/model.ts';
import { CHANGE_KINDS } from '../answers/diff/kinds.ts';
import type { Change, ChangeSide, RoutingDiff } from '../answers/diff/model.ts';
import type { PlacedCause, PlacedChange, PlacedSide } from '../answers/diff/placed.ts';
import type { Locate } from '../diagnostics/located.ts';
import type { FieldRef, Origin } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Provenance } from '../diagnostics/provenance.ts';

type Places = ReadonlyMap<FieldRef, Origin | undefined>;

/** More than a few are of use to nobody: an Ingress has many paths. */
const MOST_CAUSES = 3;

/** The changes with files, lines and columns on both sides. */
export function placeChanges(
  { changes }: RoutingDiff,
  { old: before, new: after }: { readonly old: Locate; readonly new: Locate },
): readonly PlacedChange[] {
  const places = {
    before: placesOf(
      changes.map(change => change.before),
      before,
    ),
    after: placesOf(
      changes.map(change => change.after),
      after,
    ),
  };
  return changes.map((change: Change) => ({
    ...change,
    risk: CHANGE_KINDS[change.kind].risk,
    before: placedSide(change.before, places.before),
    after: placedSide(change.after, places.after),
  }));
}

/** All places of a side, document by document: to look up one, a document is read as a whole. */
function placesOf(sides: readonly (ChangeSide | undefined)[], locate: Locate): Places {
  const refs = sides.flatMap(side => shownCauses(side).flatMap(cause => provenanceOf(cause)?.field ?? []));
  const ordered = [...new Set(refs)].toSorted((a, b) => (a.document < b.document ? -1 : 1));
  return new Map(ordered.map(ref => [ref, locate(ref)]));
}

function shownCauses(side: ChangeSide | undefined): readonly Cause[] {
  return side?.causes.slice(0, MOST_CAUSES) ?? [];
}

function provenanceOf(cause: Cause): Provenance | undefined {
  if (cause.kind === 'field') return cause.at;
  return cause.asker.by === 'default' ? undefined : cause.asker.at;
}

function placedSide(side: ChangeSide | undefined, places: Places): PlacedSide | undefined {
  if (side === undefined) return undefined;
  return { text: side.text, causes: shownCauses(side).map(cause => placedCause(cause, places)) };
}

function placedCause(cause: Cause, places: Places): PlacedCause {
  const provenance = provenanceOf(cause);
  const at = provenance && places.get(provenance.field);
  return {
    ...(provenance === undefined ? {} : { object: objectText(provenance.resource) }),
    ...(cause.kind === 'field' ? {} : { setting: `${cause.asker.by} ${cause.asker.name}` }),
    ...(at === undefined ? {} : { at: { file: at.file, line: at.line, column: at.column } }),
  };
}
