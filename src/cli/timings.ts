import { Option } from 'commander';

import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { canMoveCursor, say } from './face.ts';
import { openProgress } from './progress.ts';

/** Hidden: what it prints is for those who make the program faster. */
export function timingsOption(): Option {
  return new Option('--timings', 'what each stage took, on stderr').hideHelp();
}

export interface TimingsFlags {
  readonly timings?: boolean;
  readonly quiet?: boolean;
}

async function withProgress(work: (onStage: OnStage) => Promise<ExitCode>): Promise<ExitCode> {
  const { onStage, end } = openProgress({ now: () => performance.now(), write: say });
  try {
    return await work(onStage);
  } finally {
    end();
  }
}

type Cost = { cpuMs: number; wallMs: number };

/** What the process has taken since it began: all of its threads, and Node's own start. */
function spent(): Cost {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, wallMs: performance.now() };
}

/** Runs a command; with `--timings`, says what each stage took, else on a terminal what it does if that takes longer. */
export async function timed(
  { timings, quiet }: TimingsFlags,
  work: (onStage: OnStage | undefined) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (timings !== true) return quiet !== true && canMoveCursor() ? withProgress(work) : work(undefined);
  const costs = new Map<string, Cost>();
  let stage = 'start';
  let since: Cost = { cpuMs: 0, wallMs: 0 };
  const charge = (next?: string): void => {
    if (next === undefined) return;
    const now = spent();
    const { cpuMs, wallMs } = costs.get(stage) ?? { cpuMs: 0, wallMs: 0 };
    costs.set(stage, { cpuMs: cpuMs + now.cpuMs - since.cpuMs, wallMs: wallMs + now.wallMs - since.wallMs });
    stage = next;
    since = now;
  };
  const code = await work(charge);
  charge('end');
  costs.set('whole', since);
  say(`${['stage           CPU ms   wall ms', ...Array.from(costs, line)].join('\n')}\n`);
  return code;
}

function line([stage, { cpuMs, wallMs }]: readonly [string, Cost]): string {
  return `${stage.padEnd(12)}${cpuMs.toFixed(1).padStart(10)}${wallMs.toFixed(1).padStart(10)}`;
}
