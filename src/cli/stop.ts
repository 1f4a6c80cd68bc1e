import type { StopOutcome } from '../jobs/releases.ts';
import { stopNginx } from '../jobs/releases.ts';
import { visibleJson } from '../report/plain-text.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { interruptible } from './interrupt.ts';
import type { ServingFlags } from './serving-flags.ts';
import { nginxOptions } from './serving-flags.ts';

export interface StopFlags extends ServingFlags {
  readonly format: 'text' | 'json';
}

export async function stop(flags: StopFlags): Promise<ExitCode> {
  const nginx = nginxOptions(flags);
  return interruptible(async signal => reportStop(await stopNginx({ nginx, signal }), flags));
}

/** JSON as docs/schemas/stop.json describes it. */
function reportStop(outcome: StopOutcome, { format }: StopFlags): ExitCode {
  switch (outcome.kind) {
    case 'done': {
      const { isStopped: stopped, pid, notes } = outcome;
      for (const note of notes) tell('note', note);
      if (format === 'json') print(`${visibleJson({ formatVersion: 1, stopped, pid })}\n`);
      else if (stopped) print(`nginx${pid === undefined ? '' : ` ${pid}`} stopped\n`);
      else print('nginx is not running\n');
      return 0;
    }
    case 'interrupted':
      tell('note', 'interrupted: nothing was stopped');
      return 1;
    case 'failed':
      tell('trouble', outcome.problem);
      return 3;
  }
}
