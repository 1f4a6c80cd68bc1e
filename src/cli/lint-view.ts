import { Chalk } from 'chalk';

import type { Located } from '../diagnostics/located.ts';
import { isError } from '../diagnostics/severities.ts';
import type { Linted } from '../jobs/lint.ts';
import type { FindingChanges } from '../jobs/watch/finding-log.ts';
import type { LintWatchView } from '../jobs/watch/lint.ts';
import type { SyncEvent } from '../live/events.ts';
import { compactText } from '../report/compact.ts';
import { changeLine, resolvedLine } from '../report/lint-changes.ts';
import { prettyText } from '../report/pretty.ts';
import { summaryLine } from '../report/summary.ts';
import type { ExitCode } from './face.ts';
import { columnsOfTerminal, isColoured, print, say, tell, wrapColumns } from './face.ts';
import { isOver } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import { isAt } from './severity.ts';

/** Shows what each lint finds that the one before did not: findings on stdout, all else on stderr. */
export interface LintView extends LintWatchView {
  /** As of a lint that finds what the last one found. */
  readonly code: () => ExitCode;
}

export interface LintViewFlags extends FindingFlags {
  readonly isCompact: boolean;
}

export function openLintView(flags: LintViewFlags): LintView {
  let isFirst = true;
  let linted: Linted | undefined;
  let latest: FindingChanges = { fresh: [], gone: [], counts: { error: 0, warning: 0, info: 0 } };
  const summaryOf = ({ causes, durationMs }: SyncEvent, { counts }: Linted['loaded']): string => {
    const { fresh, gone, counts: severities } = latest;
    const changes = { causes, fresh: fresh.length, gone: gone.length, severities, durationMs };
    return isFirst ? summaryLine(counts, severities, process.uptime()) : changeLine(changes);
  };
  return {
    linted: found => void (linted = found),
    *findings(changes) {
      yield;
      latest = changes;
      print(changesText(changes, flags));
    },
    emit(event) {
      if (event.kind === 'synced' && linted !== undefined) {
        if (linted.trouble?.kind === 'failed') tell('trouble', `--nginx-test: ${linted.trouble.problem}`);
        if (flags.quiet !== true) say(`${summaryOf(event, linted.loaded)}\n`);
        isFirst = false;
      } else if (event.kind === 'input' && event.problem !== undefined) tell('note', event.problem);
      else if (event.kind === 'trouble') tell('note', `${event.what}: ${event.problem}`);
    },
    note: text => tell('note', text),
    code: () => (linted?.trouble === undefined ? (isOver(latest.counts, flags.failOn) ? 1 : 0) : 3),
  };
}

function changesText({ fresh, gone }: FindingChanges, { isCompact, quiet, failOn, color }: LintViewFlags): string {
  const isShown = (found: Located): boolean => quiet !== true || isError(found) || isAt(found.severity, failOn);
  const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
  const look = { style, columns: columnsOfTerminal('stdout'), isTerminal: wrapColumns('stdout') !== undefined };
  const shown = fresh.filter(isShown);
  const text = isCompact || shown.length === 0 ? compactText(shown) : `${prettyText(shown, look)}\n`;
  const resolved = gone.filter(isShown).map(found => resolvedLine(found, style));
  return text + resolved.join('');
}
