import { svg } from './dom.ts';
import type { Band, Wire } from './band.ts';
import { BOX_HEIGHT } from './band.ts';

/** Where each column begins and how wide it is, in pixels. */
export type Columns = readonly { readonly left: number; readonly width: number }[];

/** The share of the width that each column gets, and the room between two. */
const SHARES = [1.1, 1.45, 0.95, 1.05, 1.05];

export function columnsOf(width: number): Columns {
  const gap = Math.max(22, Math.min(64, width * 0.04));
  const all = SHARES.reduce((sum, share) => sum + share, 0);
  const room = width - gap * (SHARES.length - 1);
  let left = 0;
  return SHARES.map(share => {
    const column = { left: Math.round(left), width: Math.round((room * share) / all) };
    left += (room * share) / all + gap;
    return column;
  });
}

/** The lines of a band, each with the number of its wire. */
export function wiresElement({ draw, height }: Band, columns: Columns, width: number): SVGSVGElement {
  const lines = draw().wires.flatMap((wire, index) => wireParts(wire, columns, String(index)));
  return svg('svg', { class: 'wires', width: String(width), height: String(height), 'aria-hidden': 'true' }, lines);
}

function wireParts({ from, to, label }: Wire, columns: Columns, number: string): readonly SVGElement[] {
  const [start, goal] = [columns[from.column], columns[to.column]];
  if (start === undefined || goal === undefined) return [];
  const [x1, x2] = [start.left + start.width, goal.left];
  const [y1, y2] = [from.top + BOX_HEIGHT / 2, to.top + BOX_HEIGHT / 2];
  // Behind the boxes between them a line over several columns runs straight.
  const bend = Math.min((x2 - x1) / 2, 60);
  const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const line = svg('path', { d: path, class: 'wire', 'data-wire': number });
  if (label === undefined) return [line];
  const text = svg('text', { x: String(x2 - 4), y: String(y2 - 6), class: 'share', 'text-anchor': 'end' });
  text.textContent = label;
  return [line, text];
}
