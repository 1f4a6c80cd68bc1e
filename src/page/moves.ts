import type { Band, Box } from './band.ts';

/** Where a box is. */
export interface Spot {
  /** Its place in the list of all bands. */
  readonly number: number;
  readonly band: Band;
  readonly box: Box;
}

export interface Spots {
  readonly bands: readonly Band[];
  readonly at: (key: string) => Spot | undefined;
}

/** Finds boxes of a picture by key; draws no band that nobody asks for. */
export function spotsOf(bands: readonly Band[]): Spots {
  const numbers = new Map(bands.map(({ key }, index) => [key, index]));
  return {
    bands,
    at(key) {
      const number = numbers.get(key.slice(0, key.indexOf('\n'))) ?? -1;
      const band = bands[number];
      const box = band?.draw().boxes.find(each => each.key === key);
      return band === undefined || box === undefined ? undefined : { number, band, box };
    },
  };
}

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

const KEYS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['Home', 'first'],
  ['End', 'last'],
]);

export function directionOf(key: string): Direction | undefined {
  return KEYS.get(key);
}

/** The key of the box that an arrow leads to: up and down in a column, left and right along the lines. */
export function moved(key: string, direction: Direction, spots: Spots): string | undefined {
  const spot = spots.at(key);
  if (spot === undefined) return undefined;
  const { box, band, number } = spot;
  const { column } = box;
  const here = inColumn(band, column);
  const index = here.indexOf(box);
  const { bands } = spots;
  switch (direction) {
    case 'up':
      return (here[index - 1] ?? firstOf(bands.slice(0, number).toReversed(), column, -1))?.key;
    case 'down':
      return (here[index + 1] ?? firstOf(bands.slice(number + 1), column, 0))?.key;
    case 'first':
      return firstOf(bands, column, 0)?.key;
    case 'last':
      return firstOf(bands.toReversed(), column, -1)?.key;
    case 'left':
      return band.draw().wires.find(({ to }) => to === box)?.from.key;
    case 'right':
      return band.draw().wires.find(({ from }) => from === box)?.to.key;
  }
}

function inColumn(band: Band, column: number): readonly Box[] {
  return band.draw().boxes.filter(box => box.column === column);
}

/** Of the first band that has a box in the column, its first box (0) or its last one (-1). */
function firstOf(bands: readonly Band[], column: number, place: 0 | -1): Box | undefined {
  for (const band of bands) {
    const box = inColumn(band, column).at(place);
    if (box !== undefined) return box;
  }
  return undefined;
}
