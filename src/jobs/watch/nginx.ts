import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isError } from '../../diagnostics/severities.ts';
import { openApplier } from '../../live/apply/applier.ts';
import type { Applier } from '../../live/apply/model.ts';
import { MACHINE_CLOCK } from '../../live/clock.ts';
import type { Applied } from '../apply-with.ts';
import { applyWith } from '../apply-with.ts';
import type { Hold, Withheld } from '../hold.ts';
import { troubleOf } from '../outcome.ts';
import type { NginxOptions } from '../serving.ts';
import type { Following } from './follow.ts';
import { follow } from './follow.ts';
import type { WatchRequest } from './request.ts';
import type { Delivered, WatchOpening, WatchSession, WatchWork } from './session.ts';
import type { Supervision } from './supervision.ts';
import { openSupervision } from './supervision.ts';

/** The nginx that is kept up to date, and what becomes of it in the end. */
export interface WatchedNginx {
  readonly nginx: NginxOptions;
  readonly hold: Hold;
  /** Ends nginx with the watch. */
  readonly stopsAtEnd: boolean;
}

/** What is said in words. */
export interface NginxWords {
  /** In one line, why a state of the input was not served. */
  withheld(withheld: Withheld, diagnostics: readonly Diagnostic[]): string;
  /** In one line, that nginx keeps serving though the watch ends. */
  keepsServing(): string;
}

/** Serves the input as it changes, and holds the folder of nginx until the end. */
export function watchNginx(request: WatchRequest, options: WatchedNginx, words: NginxWords): Promise<Following> {
  const { folder } = options.nginx;
  return follow(request, { folder, open: session => open(session, options, words) });
}

async function open(session: WatchSession, options: WatchedNginx, words: NginxWords): Promise<WatchOpening> {
  const { note: onNote, signal } = session;
  const purpose = 'apply --watch';
  const opening = await openApplier({ ...options.nginx, now: Date.now, purpose, signal, onNote });
  if (opening.kind !== 'open') return opening;
  return { kind: 'open', work: serveWith(opening.applier, session, { ...options, words }) };
}

function serveWith(
  applier: Applier,
  session: WatchSession,
  { nginx, hold, stopsAtEnd, words }: WatchedNginx & { readonly words: NginxWords },
): WatchWork {
  const { emit, note } = session;
  const supervision = openSupervision(applier, emit, MACHINE_CLOCK);
  // Whoever stops the nginx of the system means it: it has a supervisor of its own.
  if (nginx.kind === 'own') supervision.begin();
  return {
    deliver: (loaded, signal) =>
      supervision.inTurn(async () => {
        const applied = await applyWith(applier, { loaded, hold, signal });
        tell(applied, session, supervision);
        return deliveredOf(applied, words);
      }),
    async close() {
      await supervision.stop();
      if (!stopsAtEnd) note(words.keepsServing());
      else if (await applier.stopNginx(new AbortController().signal)) emit({ kind: 'nginx', action: 'stopped' });
      applier.close();
    },
  };
}

/** What became of nginx; what became of the input is said of every sync. */
function tell({ outcome }: Applied, { emit }: WatchSession, supervision: Supervision): void {
  switch (outcome.kind) {
    case 'serving':
      supervision.sawRunning(outcome.pid);
      emit({ kind: 'nginx', action: outcome.action, pid: outcome.pid, release: outcome.release });
      return;
    case 'unchanged':
      supervision.sawRunning(outcome.pid);
      return;
    case 'rolled-back': {
      const { restored, pid } = outcome;
      const problem = troubleOf(outcome);
      emit({
        kind: 'nginx',
        action: 'rolled-back',
        ...(restored === undefined ? {} : { release: restored }),
        ...(pid === undefined ? {} : { pid }),
        ...(problem === undefined ? {} : { problem }),
      });
      return;
    }
    case 'withheld':
    case 'interrupted':
    case 'failed':
      return;
  }
}

function deliveredOf({ loaded, outcome }: Applied, words: NginxWords): Delivered {
  switch (outcome.kind) {
    case 'serving':
      return { outcome: 'applied', loaded };
    case 'unchanged':
      return { outcome: 'unchanged', loaded };
    case 'interrupted':
      return { outcome: 'interrupted' };
    case 'withheld':
      return { outcome: 'withheld', problem: words.withheld(outcome, loaded.diagnostics), loaded };
    case 'failed':
      return { outcome: 'failed', problem: outcome.problem, loaded };
    case 'rolled-back': {
      const problem = troubleOf(outcome) ?? outcome.problem;
      // Where an Ingress is behind it, trying the same again would not help.
      return { outcome: loaded.diagnostics.some(isError) ? 'withheld' : 'failed', problem, loaded };
    }
  }
}
