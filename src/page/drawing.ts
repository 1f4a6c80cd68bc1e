import { serviceOf } from '../answers/graph.ts';
import type { Trunk } from '../answers/route-tree.ts';
import { arrange } from './arrange.ts';
import type { Band, Draft, Drawn, Thing, Wire } from './band.ts';
import { ROW } from './band.ts';
import { endKey, ownerKey } from './records.ts';
import type { RouteRecord } from './records.ts';

const BAND_GAP = 18;
/** Hosts with more paths are drawn in several bands. */
const MOST_ROWS = 24;

/** Lays the paths out from left to right, a band for each host. */
export function drawColumns(records: readonly RouteRecord[]): readonly Band[] {
  return stacked(records, { mostRows: MOST_ROWS, gap: BAND_GAP, heightOf, draw: drawPiece });
}

/** Paths of one host that are drawn together. */
export interface Piece {
  readonly key: string;
  readonly trunk: Trunk;
  readonly records: readonly RouteRecord[];
  /** 0 for the first one of a host. */
  readonly number: number;
}

/** How pieces become a picture. */
interface Manner {
  readonly mostRows: number;
  /** Pixels between two bands. */
  readonly gap: number;
  readonly heightOf: (piece: Piece) => number;
  readonly draw: (piece: Piece) => Drawn;
}

export function stacked(all: readonly RouteRecord[], { mostRows, gap, heightOf, draw }: Manner): readonly Band[] {
  let top = 0;
  return piecesOf(all, mostRows).map(piece => {
    let drawn: Drawn | undefined;
    const { key, records } = piece;
    const band = { key, records, top, height: heightOf(piece), draw: () => (drawn ??= draw(piece)) };
    top += band.height + gap;
    return band;
  });
}

function piecesOf(records: readonly RouteRecord[], most: number): readonly Piece[] {
  const pieces: (Piece & { readonly records: RouteRecord[] })[] = [];
  for (const record of records) {
    const { trunk } = record;
    const last = pieces.at(-1);
    if (last !== undefined && last.trunk === trunk && last.records.length < most) {
      last.records.push(record);
      continue;
    }
    const number = last?.trunk === trunk ? last.number + 1 : 0;
    pieces.push({ key: `${trunk.kind} ${trunk.name} ${number}`, trunk, records: [record], number });
  }
  return pieces;
}

/** As many rows as the longest column has boxes. */
function heightOf({ records }: Piece): number {
  const ends = records.flatMap(({ branch }) => branch.ends);
  const counts = [
    records.length,
    new Set(records.map(ownerKey)).size,
    new Set(ends.flatMap(end => serviceOf(end) ?? [])).size,
    new Set(ends.map(endKey)).size,
  ];
  return Math.max(...counts) * ROW;
}

interface Sketch {
  readonly drafts: Map<string, Draft>;
  readonly wires: Map<string, { readonly from: string; readonly to: string; readonly label?: string }>;
}

function drawPiece(piece: Piece): Drawn {
  const sketch: Sketch = { drafts: new Map(), wires: new Map() };
  for (const record of piece.records) sketchRecord(record, piece, sketch);
  const boxes = arrange([...sketch.drafts.values()], piece.records);
  const byKey = new Map(boxes.map(box => [box.key, box]));
  const wires = [...sketch.wires.values()].flatMap(({ from, to, ...rest }): Wire[] => {
    const [start, goal] = [byKey.get(from), byKey.get(to)];
    return start === undefined || goal === undefined ? [] : [{ from: start, to: goal, ...rest }];
  });
  return { boxes, wires };
}

export function pathKey(piece: string, { branch }: RouteRecord): string {
  return `${piece}\npath ${branch.id}`;
}

const COLUMN_OF = { host: 0, path: 1, owner: 2, service: 3, end: 4 } as const;

function sketchRecord(record: RouteRecord, piece: Piece, { drafts, wires }: Sketch): void {
  const { branch, trunk } = record;
  const add = (key: string, thing: Thing): string => {
    const draft = drafts.get(key);
    if (draft === undefined) drafts.set(key, { key, thing, column: COLUMN_OF[thing.kind], records: [record] });
    else if (draft.records.at(-1) !== record) draft.records.push(record);
    return key;
  };
  const wire = (from: string, to: string, label?: string): void => {
    wires.set(`${from}\n${to}`, { from, to, ...(label === undefined ? {} : { label }) });
  };
  const host = add(`${piece.key}\nhost`, { kind: 'host', trunk, isContinued: piece.number > 0 });
  const path = add(pathKey(piece.key, record), { kind: 'path', record });
  wire(host, path);
  const [first, ...others] = branch.owners.slice();
  const owners = first === undefined ? undefined : ([first, ...others] as const);
  const owner = owners === undefined ? path : add(`${piece.key}\nowner ${ownerKey(record)}`, { kind: 'owner', owners });
  if (owner !== path) wire(path, owner);
  for (const end of branch.ends) {
    const label = end.kind === 'backend' && end.percent !== 100 ? `${end.percent}%` : undefined;
    const service = serviceOf(end);
    const goal = add(`${piece.key}\nend ${endKey(end)}`, { kind: 'end', end });
    const middle = service === undefined ? goal : add(`${piece.key}\nservice ${service}`, { kind: 'service', service });
    wire(owner, middle, label);
    if (middle !== goal) wire(middle, goal);
  }
}
