import { Chalk } from 'chalk';

import type { ColourChoice } from './face.ts';
import { canMoveCursor, columnsOfTerminal, isColoured, say } from './face.ts';

/** Where a watch shows itself: a log, and on a terminal a status below it that is drawn anew in place. */
export interface Screen {
  /** Whole lines, with their ends. */
  log(text: string): void;
  close(): void;
}

export interface StatusArea {
  readonly style: InstanceType<typeof Chalk>;
  readonly columns: number;
}

/** Makes the lines of the status; they are no wider than the terminal. */
export type DrawStatus = (area: StatusArea) => readonly string[];

/** As often as a person can follow. */
const REDRAW_MS = 100;
/** Times in the status (`3 s ago`) grow. */
const TICK_MS = 1_000;

export function plainScreen(): Screen {
  return { log: say, close: () => undefined };
}

/** Whether stderr is a terminal that can move its cursor and may. */
export function canDraw(choice: ColourChoice): boolean {
  return canMoveCursor() && isColoured('stderr', choice);
}

/** The status is drawn soon after `redraw` is called. */
export function drawingScreen(draw: DrawStatus): Screen & { readonly redraw: () => void } {
  const style = new Chalk({ level: 1 });
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): string => {
    const text = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`;
    drawn = 0;
    return text;
  };
  const status = (): string => {
    const lines = draw({ style, columns: columnsOfTerminal() }).slice(0, Math.max(1, process.stderr.rows - 1));
    drawn = lines.length;
    return lines.map(line => `${line}\n`).join('');
  };
  const redraw = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      say(`${clear()}${status()}`);
    }, REDRAW_MS);
  };
  const ticks = setInterval(redraw, TICK_MS);
  process.stderr.on('resize', redraw);
  return {
    redraw,
    // In one write: a terminal shows no state in between.
    log: text => say(`${clear()}${text}${status()}`),
    close() {
      clearInterval(ticks);
      clearTimeout(timer);
      process.stderr.off('resize', redraw);
      say(clear());
    },
  };
}
