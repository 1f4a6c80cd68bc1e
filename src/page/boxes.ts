import { badgeLine } from './badges.ts';
import { boxText } from './box-text.ts';
import { el } from './dom.ts';
import type { Band, Box } from './band.ts';
import { serviceOf } from '../answers/graph.ts';
import type { RouteRecord } from './records.ts';

interface Shape {
  /** A card has all that columns would show beside it. */
  readonly kind: 'column' | 'card';
  /** Pixels of a path's box. */
  readonly width: number;
}

/** What stands left and right of the text in a box. */
const PADDING = 28;

/** A box as a button. */
export function boxElement(box: Box, { kind, width }: Shape, onOpen: (box: Box) => void): HTMLButtonElement {
  const { title, note, spoken } = boxText(box);
  const classes = ['box', box.thing.kind, `c${box.column}`, toneOf(box)].filter(Boolean).join(' ');
  const record = box.thing.kind === 'path' ? box.thing.record : undefined;
  const head = el('span', { class: 'line' }, [
    el('span', { class: 'title', text: title }),
    record === undefined || note === '' ? undefined : el('span', { class: 'match', text: note }),
  ]);
  const card = record !== undefined && kind === 'card' ? cardLines(record) : [];
  const below = record === undefined ? el('span', { class: 'note', text: note }) : badgeLine(record, width - PADDING);
  const button = el(
    'button',
    {
      class: classes,
      attributes: {
        type: 'button',
        tabindex: '-1',
        'aria-label': spoken,
        title: tooltip(title, note),
        'data-key': box.key,
      },
      onClick: () => onOpen(box),
    },
    [head, ...card, below],
  );
  button.style.top = `${box.top}px`;
  button.style.height = `${box.height}px`;
  return button;
}

function tooltip(title: string, note: string): string {
  return note === '' ? title : `${title}\n${note}`;
}

/** Who asks for it, and where it leads. */
function cardLines({ branch }: RouteRecord): readonly HTMLElement[] {
  const [owner] = branch.owners;
  const goals = branch.ends.map(end => {
    const { title, note } = boxText({
      key: '',
      column: 0,
      top: 0,
      height: 0,
      records: [],
      thing: { kind: 'end', end },
    });
    const service = serviceOf(end);
    return service === undefined ? `${title} ${note}` : `${service} → ${title}`;
  });
  const asked = owner === undefined ? '' : `${owner.kind} ${owner.namespace ?? ''}/${owner.name}`;
  return [el('span', { class: 'cardline', text: asked }), el('span', { class: 'cardline', text: goals.join(' · ') })];
}

/** How a box looks that is not as most are. */
function toneOf({ thing }: Box): string {
  if (thing.kind !== 'end') return '';
  switch (thing.end.kind) {
    case 'backend':
      return '';
    case 'status':
      return thing.end.code === 200 ? '' : 'bad';
    case 'closed':
      return 'bad';
    case 'redirect':
      return 'moved';
  }
}

/** Whether two boxes of a band lie on a way that some request takes. */
export function shareRecords(one: Box, other: Box): boolean {
  const records = new Set(one.records);
  return other.records.some(record => records.has(record));
}

export function bandTitle({ draw }: Band): string {
  const [first] = draw().boxes;
  return first === undefined ? '' : boxText(first).spoken;
}
