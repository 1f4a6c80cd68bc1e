import { readStatus } from '../live/apply/status.ts';
import { visibleJson } from '../report/plain-text.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { interruptible } from './interrupt.ts';
import { lookAt } from './look.ts';
import type { Served } from './serving.ts';
import { withApplier } from './serving.ts';
import type { ServingFlags } from './serving-flags.ts';
import { placeOf } from './serving-flags.ts';

export interface StopFlags extends ServingFlags {
  readonly format: 'text' | 'json';
}

/** Ends nginx after it finished its requests. That none runs is no failure. */
export async function stop(flags: StopFlags): Promise<ExitCode> {
  const { folder } = placeOf(flags);
  const look = await lookAt(folder, readStatus);
  if (look.kind === 'failed') return failed(look.problem);
  // Whoever never applied anything has nothing to lock, and gets no folder.
  if (look.found === undefined) return told(flags, { stopped: false, pid: undefined });
  const pid = look.found.nginx?.pid;
  return interruptible(async signal => {
    const served = await withApplier({ flags, purpose: 'stop', signal }, applier => applier.stopNginx(signal));
    return reportStop(served, pid, flags);
  });
}

function reportStop(served: Served<boolean>, pid: number | undefined, flags: StopFlags): ExitCode {
  switch (served.kind) {
    case 'done':
      for (const note of served.notes) tell('note', note);
      return told(flags, { stopped: served.value, pid: served.value ? pid : undefined });
    case 'interrupted':
      tell('note', 'interrupted: nothing was stopped');
      return 1;
    case 'failed':
      return failed(served.problem);
  }
}

function failed(problem: string): ExitCode {
  tell('trouble', problem);
  return 3;
}

interface Stopped {
  readonly stopped: boolean;
  readonly pid: number | undefined;
}

/** JSON as docs/schemas/stop.json describes it. */
function told({ format }: StopFlags, { stopped, pid }: Stopped): ExitCode {
  if (format === 'json') print(`${visibleJson({ formatVersion: 1, stopped, pid })}\n`);
  else if (stopped) print(`nginx${pid === undefined ? '' : ` ${pid}`} stopped\n`);
  else print('nginx is not running\n');
  return 0;
}
