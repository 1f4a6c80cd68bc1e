import { boxElement, bandTitle, shareRecords } from './boxes.ts';
import { drawCards } from './cards.ts';
import { el } from './dom.ts';
import type { Band, Box } from './band.ts';
import { COLUMNS } from './band.ts';
import { drawColumns } from './drawing.ts';
import type { Direction, Spots } from './moves.ts';
import { directionOf, moved, spotsOf } from './moves.ts';
import type { RouteRecord } from './records.ts';
import type { Columns } from './wires.ts';
import { columnsOf, wiresElement } from './wires.ts';

/** Below this there is no room for columns. */
const NARROW = 720;
/** The column of paths. */
const PATHS = 1;
/** Pixels above and below the window that are drawn as well. */
const MARGIN = 400;

export interface Picture {
  readonly element: HTMLElement;
  readonly show: (records: readonly RouteRecord[]) => void;
  /** Marks a box as the one whose details are shown; undefined: none. */
  readonly mark: (key: string | undefined) => void;
  /** The key of the box of the first path for which this holds, among those that are shown. */
  readonly keyOf: (isWanted: (record: RouteRecord) => boolean) => string | undefined;
  /** Moves the focus to the box that had it last. */
  readonly focus: () => void;
}

interface State {
  records: readonly RouteRecord[];
  width: number;
  spots: Spots;
  /** The key of the one box that the Tab key reaches. */
  current: string | undefined;
  marked: string | undefined;
  readonly mounted: Map<string, HTMLElement>;
}

/** The picture of all paths. Only what is in the window, or near it, is in the document. */
export function createPicture(onOpen: (box: Box) => void): Picture {
  const heads = el('div', { class: 'heads', attributes: { 'aria-hidden': 'true' } });
  const canvas = el('div', { class: 'canvas' });
  const element = el(
    'div',
    { class: 'picture', attributes: { role: 'group', 'aria-label': 'Routes', 'aria-describedby': 'picture-help' } },
    [heads, canvas],
  );
  const state: State = {
    records: [],
    width: 0,
    spots: spotsOf([]),
    current: undefined,
    marked: undefined,
    mounted: new Map(),
  };
  const parts: Parts = { heads, canvas, state, open: box => open(box) };
  const open = (box: Box): void => {
    setCurrent(box.key, parts);
    onOpen(box);
  };
  const draw = (): void => redraw(parts);
  canvas.addEventListener('keydown', event => pressed(event, parts));
  canvas.addEventListener('pointerover', event => light(keyOf(event.target) ?? state.marked, parts));
  canvas.addEventListener('pointerleave', () => light(state.marked, parts));
  const isSeen = (): boolean => canvas.clientWidth > 0;
  window.addEventListener('scroll', () => isSeen() && mount(parts), { passive: true });
  new ResizeObserver(() => {
    if (canvas.clientWidth !== state.width) draw();
    else if (isSeen()) mount(parts);
  }).observe(canvas);
  return {
    element,
    show(records) {
      state.records = records;
      draw();
    },
    mark(key) {
      state.marked = key;
      light(key, parts);
    },
    keyOf: isWanted => keyOfPath(state.spots, isWanted),
    focus: () => focusCurrent(parts),
  };
}

function keyOfPath({ bands }: Spots, isWanted: (record: RouteRecord) => boolean): string | undefined {
  const band = bands.find(({ records }) => records.some(isWanted));
  return band?.draw().boxes.find(({ thing }) => thing.kind === 'path' && isWanted(thing.record))?.key;
}

interface Parts {
  readonly heads: HTMLElement;
  readonly canvas: HTMLElement;
  readonly state: State;
  readonly open: (box: Box) => void;
}

/** Nothing is drawn where nobody sees it. */
function redraw(parts: Parts): void {
  const { heads, canvas, state } = parts;
  if (canvas.clientWidth === 0 && state.records.length > 0) return;
  const hadFocus = canvas.contains(document.activeElement);
  state.width = canvas.clientWidth;
  const isNarrow = state.width < NARROW;
  const bands = isNarrow ? drawCards(state.records) : drawColumns(state.records);
  state.spots = spotsOf(bands);
  if (state.current === undefined || state.spots.at(state.current) === undefined) {
    state.current = bands[0]?.draw().boxes[0]?.key;
  }
  const columns = columnsOf(state.width);
  canvas.classList.toggle('cards', isNarrow);
  heads.replaceChildren(...(isNarrow ? [] : headElements(columns)));
  for (const [index, { left, width }] of columns.entries()) {
    canvas.style.setProperty(`--left${index}`, `${left}px`);
    canvas.style.setProperty(`--width${index}`, `${width}px`);
  }
  const last = bands.at(-1);
  canvas.style.height = `${last === undefined ? 0 : last.top + last.height}px`;
  for (const element of state.mounted.values()) element.remove();
  state.mounted.clear();
  mount(parts);
  if (hadFocus) focusCurrent(parts);
}

function headElements(columns: Columns): readonly HTMLElement[] {
  return columns.map(({ left, width }, index) => {
    const head = el('span', { class: `head h${index}`, text: COLUMNS[index] ?? '' });
    head.style.left = `${left}px`;
    head.style.width = `${width}px`;
    return head;
  });
}

/** Puts what is near the window into the document, in its order, and takes out the rest. */
function mount(parts: Parts): void {
  const { canvas, state } = parts;
  const from = -canvas.getBoundingClientRect().top - MARGIN;
  const to = from + window.innerHeight + 2 * MARGIN;
  const pinned = state.current === undefined ? undefined : state.spots.at(state.current)?.band;
  const wanted = state.spots.bands.filter(band => band === pinned || (band.top < to && band.top + band.height > from));
  const keys = new Set(wanted.map(({ key }) => key));
  for (const [key, element] of state.mounted) {
    if (keys.has(key)) continue;
    element.remove();
    state.mounted.delete(key);
  }
  let next: HTMLElement | null = null;
  for (const band of wanted.toReversed()) {
    const known: HTMLElement = state.mounted.get(band.key) ?? bandElement(band, parts);
    if (!state.mounted.has(band.key)) {
      canvas.insertBefore(known, next);
      state.mounted.set(band.key, known);
    }
    next = known;
  }
  setTabStop(parts);
  light(state.marked, parts);
}

function bandElement(band: Band, { canvas, state, open }: Parts): HTMLElement {
  const isCards = canvas.classList.contains('cards');
  const element = el('section', { class: 'band', attributes: { 'aria-label': bandTitle(band) } });
  element.style.top = `${band.top}px`;
  element.style.height = `${band.height}px`;
  const columns = columnsOf(state.width);
  if (!isCards) element.append(wiresElement(band, columns, state.width));
  const shape = isCards
    ? ({ kind: 'card', width: state.width } as const)
    : ({ kind: 'column', width: columns[PATHS]?.width ?? state.width } as const);
  element.append(...band.draw().boxes.map(box => boxElement(box, shape, open)));
  return element;
}

function keyOf(target: EventTarget | null): string | undefined {
  const box = target instanceof Element ? target.closest('.box') : null;
  return box?.getAttribute('data-key') ?? undefined;
}

/** Sets what lies on the ways through a box apart from the rest of its band. */
function light(key: string | undefined, { state }: Parts): void {
  const spot = key === undefined ? undefined : state.spots.at(key);
  for (const [bandKey, element] of state.mounted) {
    const lit = spot?.band.key === bandKey ? spot.box : undefined;
    if (lit === undefined && !element.classList.contains('has-lit') && !isMarkedIn(element)) continue;
    lightBand(element, lit, state);
  }
}

function isMarkedIn(element: HTMLElement): boolean {
  return element.querySelector('[aria-current="true"]') !== null;
}

function lightBand(element: HTMLElement, lit: Box | undefined, { spots, marked }: State): void {
  element.classList.toggle('has-lit', lit !== undefined);
  for (const button of element.querySelectorAll('.box')) {
    const box = spots.at(keyOf(button) ?? '')?.box;
    button.classList.toggle('lit', lit !== undefined && box !== undefined && shareRecords(lit, box));
    if (box !== undefined && box.key === marked) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  for (const line of element.querySelectorAll('.wire')) {
    const wire =
      lit === undefined ? undefined : spots.at(lit.key)?.band.draw().wires[Number(line.getAttribute('data-wire'))];
    const isLit = lit !== undefined && wire !== undefined && shareRecords(lit, wire.from) && shareRecords(lit, wire.to);
    line.classList.toggle('lit', isLit);
  }
}

function setCurrent(key: string, parts: Parts): void {
  parts.state.current = key;
  mount(parts);
}

function setTabStop({ canvas, state }: Parts): void {
  for (const button of canvas.querySelectorAll('.box')) {
    button.setAttribute('tabindex', button.getAttribute('data-key') === state.current ? '0' : '-1');
  }
}

function focusCurrent({ canvas, state }: Parts): void {
  for (const button of canvas.querySelectorAll<HTMLElement>('.box')) {
    if (button.getAttribute('data-key') === state.current) button.focus();
  }
}

function pressed(event: KeyboardEvent, parts: Parts): void {
  const direction: Direction | undefined =
    event.altKey || event.ctrlKey || event.metaKey ? undefined : directionOf(event.key);
  const key = keyOf(event.target);
  if (direction === undefined || key === undefined) return;
  event.preventDefault();
  const goal = moved(key, direction, parts.state.spots);
  if (goal === undefined) return;
  setCurrent(goal, parts);
  focusCurrent(parts);
  light(parts.state.marked ?? goal, parts);
}
