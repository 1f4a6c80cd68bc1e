import type { Change } from './changes.ts';
import { inOrder } from './changes.ts';

/** What a text that was changed again and again is made of: a part of the first one, or what was added. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

function lengthOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.end - piece.start;
}

function partOf(piece: Piece, from: number, to: number): Piece {
  if ('text' in piece) return { text: piece.text.slice(from, to) };
  return { start: piece.start + from, end: piece.start + to };
}

/** Makes changes in a text, which is given by its pieces. */
function changedPieces(pieces: readonly Piece[], changes: readonly Change[]): readonly Piece[] {
  const result: Piece[] = [];
  let [number, inside, at] = [0, 0, 0];
  const take = (until: number, isKept: boolean): void => {
    for (let piece = pieces[number]; piece !== undefined && at < until; piece = pieces[number]) {
      const length = Math.min(lengthOf(piece) - inside, until - at);
      if (isKept && length > 0) result.push(partOf(piece, inside, inside + length));
      at += length;
      inside += length;
      if (inside < lengthOf(piece)) continue;
      [number, inside] = [number + 1, 0];
    }
  };
  for (const { start, end, text } of inOrder(changes)) {
    take(start, true);
    take(end, false);
    result.push({ text });
  }
  take(Infinity, true);
  return result;
}

function changesBetween(length: number, pieces: readonly Piece[]): readonly Change[] {
  const changes: Change[] = [];
  let [at, added] = [0, ''];
  for (const piece of [...pieces, { start: length, end: length }]) {
    if ('text' in piece) {
      added += piece.text;
      continue;
    }
    if (added !== '' || piece.start > at) changes.push({ start: at, end: piece.start, text: added });
    [at, added] = [piece.end, ''];
  }
  return changes;
}

/**
 * Changes that come to the same as making these one after the other.
 *
 * @param length of the text
 * @param rounds each counts in the text that the one before has made
 */
export function inOneRound(length: number, rounds: readonly (readonly Change[])[]): readonly Change[] {
  let pieces: readonly Piece[] = [{ start: 0, end: length }];
  for (const changes of rounds) pieces = changedPieces(pieces, changes);
  return changesBetween(length, pieces);
}
