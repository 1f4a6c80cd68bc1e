import type { Applied } from '../jobs/apply-with.ts';
import { applyWith } from '../jobs/apply-with.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { troubleOf } from '../jobs/outcome.ts';
import { openApplier } from '../live/apply/applier.ts';
import type { Applier } from '../live/apply/model.ts';
import { MACHINE_CLOCK } from '../live/sync/clock.ts';
import type { ApplyFlags } from './apply.ts';
import type { ExitCode } from './face.ts';
import { nginxOptions, placeOf } from './serving-flags.ts';
import type { PlaceFlags } from './serving-flags.ts';
import type { Supervision } from './supervision.ts';
import { openSupervision } from './supervision.ts';
import type { WatchFlags } from './watch-flags.ts';
import type { Delivered, WatchOpening, WatchSession, WatchWork } from './watch-session.ts';
import { watch } from './watch.ts';
import { withheldProblem } from './withheld-text.ts';

export interface WatchApplyFlags extends ApplyFlags, WatchFlags {
  readonly stopOnExit?: boolean;
}

/** Serves the input as it changes, and holds the folder of nginx until a signal ends it. */
export function watchApply(paths: readonly string[], flags: WatchApplyFlags): Promise<ExitCode> {
  return watch({
    paths,
    flags,
    title: 'apply --watch',
    output: placeOf(flags).folder,
    open: session => open(session, flags),
  });
}

async function open(session: WatchSession, flags: WatchApplyFlags): Promise<WatchOpening> {
  const { note, signal } = session;
  const options = { ...nginxOptions(flags), now: Date.now, purpose: 'apply --watch', signal, onNote: note } as const;
  const opening = await openApplier(options);
  switch (opening.kind) {
    case 'interrupted':
    case 'failed':
      return opening;
    case 'open':
      return { kind: 'open', work: serveWith(opening.applier, session, flags) };
  }
}

function serveWith(applier: Applier, session: WatchSession, flags: WatchApplyFlags): WatchWork {
  const { emit, note } = session;
  const supervision = openSupervision(applier, emit, MACHINE_CLOCK);
  // Whoever stops the nginx of the system means it: it has a supervisor of its own.
  if (placeOf(flags).kind === 'own') supervision.begin();
  return {
    deliver: (loaded: Loaded, signal: AbortSignal) =>
      supervision.inTurn(async () => {
        const applied = await applyWith(applier, { loaded, hold: flags, signal });
        tell(applied, session, supervision);
        return deliveredOf(applied);
      }),
    async close() {
      await supervision.stop();
      if (flags.stopOnExit !== true) note(`nginx keeps serving; stop it with ${stopWords(flags)}`);
      else if (await applier.stopNginx(new AbortController().signal)) emit({ kind: 'nginx', action: 'stopped' });
      applier.close();
    },
  };
}

/** The command for the folder that was named, if one was. */
function stopWords({ stateDir, prefix }: PlaceFlags): string {
  if (prefix !== undefined) return `"ingress2nginx stop --prefix ${prefix}"`;
  return stateDir === undefined ? '"ingress2nginx stop"' : `"ingress2nginx stop --state-dir ${stateDir}"`;
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

function deliveredOf({ loaded, outcome }: Applied): Delivered {
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error').length;
  switch (outcome.kind) {
    case 'serving':
      return { outcome: 'applied', loaded };
    case 'unchanged':
      return { outcome: 'unchanged', loaded };
    case 'interrupted':
      return { outcome: 'interrupted' };
    case 'withheld':
      return { outcome: 'withheld', problem: withheldProblem(loaded.diagnostics, outcome), loaded };
    case 'failed':
      return { outcome: 'failed', problem: outcome.problem, loaded };
    case 'rolled-back': {
      const problem = troubleOf(outcome) ?? outcome.problem;
      // Where an Ingress is behind it, trying the same again would not help.
      return { outcome: errors > 0 ? 'withheld' : 'failed', problem, loaded };
    }
  }
}
