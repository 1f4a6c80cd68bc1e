import { BOX_HEIGHT } from './band.ts';
import type { Band, Box, Drawn } from './band.ts';
import type { Piece } from './drawing.ts';
import { pathKey, stacked } from './drawing.ts';
import type { RouteRecord } from './records.ts';

/** Pixels of a card, and of one without badges. */
const TALL = 114;
const SHORT = 88;
const HOST = 62;
const GAP = 10;
const MOST_CARDS = 12;

/** The same where there is no room for columns: a card for each path, below its host. */
export function drawCards(records: readonly RouteRecord[]): readonly Band[] {
  return stacked(records, { mostRows: MOST_CARDS, gap: GAP, heightOf, draw: drawPiece });
}

function heightOf(piece: Piece): number {
  return piece.records.reduce((sum, record) => sum + cardHeight(record) + GAP, headOf(piece) - GAP);
}

function cardHeight({ policies, findings }: RouteRecord): number {
  return policies.length + findings.length === 0 ? SHORT : TALL;
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
    height: BOX_HEIGHT,
    records,
  };
  let top = head;
  const cards = records.map((record): Box => {
    const card: Box = {
      key: pathKey(key, record),
      thing: { kind: 'path', record },
      column: 0,
      top,
      height: cardHeight(record),
      records: [record],
    };
    top += card.height + GAP;
    return card;
  });
  return { boxes: head === 0 ? cards : [host, ...cards], wires: [] };
}
