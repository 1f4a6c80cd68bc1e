import type { Located } from '../diagnostics/located.ts';
import { isError } from '../diagnostics/severities.ts';
import type { Linted } from '../jobs/lint.ts';
import type { FindingChanges } from '../jobs/watch/finding-log.ts';
import type { LintWatchView } from '../jobs/watch/lint.ts';
import type { SyncEvent } from '../live/events.ts';
import { compactText } from '../report/compact.ts';
import { fold } from '../report/fold.ts';
import { foldedText } from '../report/folded.ts';
import { changeLine, resolvedLine } from '../report/lint-changes.ts';
import { prettyText } from '../report/pretty.ts';
import type { Look } from '../report/pretty.ts';
import { countRules } from '../report/rule-counts.ts';
import { summaryLine } from '../report/summary.ts';
import type { ExitCode } from './face.ts';
import { print, say, tell } from './face.ts';
import { isOver, lookOf } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import { tooManyWarnings } from './lint-choice.ts';
import type { ReportChoiceFlags } from './report-choice-flags.ts';
import { isAt } from './severity.ts';

/** Shows what each lint finds that the one before did not: findings on stdout, all else on stderr. */
export interface LintView extends LintWatchView {
  /** As of a lint that finds what the last one found. */
  readonly code: () => ExitCode;
}

export interface LintViewFlags extends FindingFlags, ReportChoiceFlags {
  readonly isCompact: boolean;
}

/** More of them are counted on a terminal. */
const MOST_RESOLVED = 10;

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
    code() {
      if (linted?.trouble !== undefined) return 3;
      const isTooMany = linted !== undefined && tooManyWarnings(linted, flags) !== undefined;
      return isTooMany || isOver(latest.counts, flags.failOn) ? 1 : 0;
    },
  };
}

function changesText({ fresh, gone }: FindingChanges, flags: LintViewFlags): string {
  const { isCompact, quiet, failOn } = flags;
  const isShown = (found: Located): boolean => quiet !== true || isError(found) || isAt(found.severity, failOn);
  const look = lookOf('stdout', flags.color);
  const shown = fresh.filter(isShown);
  const text = isCompact || shown.length === 0 ? compactText(shown) : `${freshText(shown, look, flags)}\n`;
  const resolved = gone.filter(isShown);
  const listed = isFolding(look, flags) ? resolved.slice(0, MOST_RESOLVED) : resolved;
  const more = resolved.length - listed.length;
  const lines = listed.map(found => resolvedLine(found, look.style));
  return [text, ...lines, ...(more === 0 ? [] : [look.style.dim(`… and ${more} more resolved\n`)])].join('');
}

/** As a single lint shows them: on a terminal, what says the same is folded. */
function freshText(fresh: readonly Located[], look: Look, flags: LintViewFlags): string {
  if (!isFolding(look, flags)) return prettyText(fresh, look);
  const { shown, hidden } = fold(fresh);
  const kept = new Set(shown);
  return foldedText({ shown: fresh.filter(found => kept.has(found)), hidden, counts: countRules(fresh) }, look);
}

function isFolding({ isTerminal }: Look, { verbose }: LintViewFlags): boolean {
  return isTerminal && verbose !== true;
}
