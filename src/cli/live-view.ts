import { Chalk } from 'chalk';

import { readable } from '../diagnostics/visible.ts';
import type { WatchView } from '../jobs/watch/session.ts';
import type { Threshold } from '../jobs/hold.ts';
import { logJson, logLine } from '../report/live-log.ts';
import { openNews } from '../report/live-news.ts';
import { emptyStatus, statusLines, withEvent } from '../report/live-status.ts';
import type { LogEntry } from '../report/live-text.ts';
import { logText } from '../report/live-text.ts';
import type { Located } from '../diagnostics/located.ts';
import { prettyText } from '../report/pretty.ts';
import { pauses } from '../steps/steps.ts';
import type { ColourChoice } from './face.ts';
import { isAt } from './severity.ts';
import { columnsOfTerminal } from './face.ts';
import { canDraw, drawingScreen, plainScreen } from './screen.ts';

/** Everything that a person sees of a watch. */
export interface LiveView extends WatchView {
  /** The last words: why it cannot go on. */
  fatal(text: string): void;
  close(): void;
}

export interface ViewFlags {
  readonly logFormat: 'text' | 'json';
  readonly color: ColourChoice;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly failOn: Threshold;
}

/** @param title What is done: `apply --watch`. */
export function openLiveView(flags: ViewFlags, title: string): LiveView {
  return flags.logFormat === 'text' && canDraw(flags.color) ? terminalView(flags, title) : logView(flags);
}

function logView(flags: ViewFlags): LiveView {
  const screen = plainScreen();
  const isNews = openNews();
  const log = (entry: LogEntry): void => {
    if (isShown(entry, flags))
      screen.log(flags.logFormat === 'json' ? logJson(entry, Date.now()) : logLine(entry, Date.now()));
  };
  return {
    emit(event) {
      if (isNews(event) || flags.verbose === true) log(event);
    },
    *findings({ fresh, gone }) {
      const isPauseDue = pauses();
      for (const finding of fresh) {
        log({ kind: 'finding', finding });
        if (isPauseDue(5)) yield;
      }
      for (const finding of gone) {
        log({ kind: 'finding-gone', finding });
        if (isPauseDue(5)) yield;
      }
    },
    note: text => log({ kind: 'note', text }),
    fatal: text => (flags.logFormat === 'json' ? log({ kind: 'fatal', text }) : screen.log(fatalLine(text))),
    close: () => screen.close(),
  };
}

/** Findings in their long form, and what is worth a line of its own, above the status. */
function terminalView(flags: ViewFlags, title: string): LiveView {
  let status = emptyStatus(title);
  const screen = drawingScreen(area => statusLines(status, { ...area, now: Date.now() }));
  const isNews = openNews();
  const log = (entry: LogEntry): void => {
    if (isShown(entry, flags)) screen.log(logLine(entry, Date.now()));
  };
  return {
    emit(event) {
      status = withEvent(status, event, Date.now());
      if (isNews(event) || flags.verbose === true) log(event);
      screen.redraw();
    },
    *findings({ fresh, gone }) {
      yield;
      const shown = fresh.filter(finding => isShown({ kind: 'finding', finding }, flags));
      if (shown.length > 0) screen.log(prettyFindings(shown));
      for (const finding of gone) log({ kind: 'finding-gone', finding });
    },
    note: text => log({ kind: 'note', text }),
    fatal: text => screen.log(fatalLine(text)),
    close: () => screen.close(),
  };
}

/** As every command says it. */
function fatalLine(text: string): string {
  return `ingress2nginx: ${readable(text)}\n`;
}

function prettyFindings(findings: readonly Located[]): string {
  return `${prettyText(findings, { style: new Chalk({ level: 1 }), columns: columnsOfTerminal(), isTerminal: true })}\n`;
}

function isShown(entry: LogEntry, { verbose, quiet, failOn }: ViewFlags): boolean {
  if (entry.kind === 'finding' && isAt(entry.finding.severity, failOn)) return true;
  switch (logText(entry).level) {
    case 'debug':
      return verbose === true;
    case 'info':
      return quiet !== true;
    case 'warning':
      return quiet !== true || !isFinding(entry);
    case 'error':
      return true;
  }
}

function isFinding({ kind }: LogEntry): boolean {
  return kind === 'finding' || kind === 'finding-gone';
}
