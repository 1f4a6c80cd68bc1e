import type { Band, Box, Drawn } from './band.ts';
import type { Piece } from './drawing.ts';
import { pathKey, stacked } from './drawing.ts';
import type { RouteRecord } from './records.ts';

const CARD = 118;
const HOST = 64;
const GAP = 10;
const MOST_CARDS = 12;

/** The same where there is no room for columns: a card for each path, below its host. */
export function drawCards(records: readonly RouteRecord[]): readonly Band[] {
  return stacked(records, { mostRows: MOST_CARDS, gap: GAP, heightOf, draw: drawPiece });
}

function heightOf(piece: Piece): number {
  return headOf(piece) + piece.records.length * (CARD + GAP) - GAP;
}

/** A host that goes on needs no second heading. */
function headOf({ number }: Piece): number {
  return number === 0 ? HOST : 0;
}

function drawPiece(piece: Piece): Drawn {
  const { key, trunk, records } = piece;
  const head = headOf(piece);
  const host: Box = {
    key: `${key}\nhost`,
    thing: { kind: 'host', trunk, isContinued: false },
    column: 0,
    top: 0,
    records,
  };
  const cards = records.map((record, index): Box => {
    const top = head + index * (CARD + GAP);
    return { key: pathKey(key, record), thing: { kind: 'path', record }, column: 0, top, records: [record] };
  });
  return { boxes: head === 0 ? cards : [host, ...cards], wires: [] };
}
