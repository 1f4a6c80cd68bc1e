import type { OnStage, Stage } from '../steps/steps.ts';

/** A run that takes longer says what it does, on a line of the terminal that goes away again. */
export interface Progress {
  /** Called at each step of the work, with the stage if one begins. */
  readonly onStage: OnStage;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Where it is shown, and when. */
export interface ProgressScreen {
  /** Milliseconds since the program began. */
  readonly now: () => number;
  readonly write: (text: string) => void;
}

/** Nobody waits for a run that is done within a second. */
const FIRST_MS = 1_000;
/** As often as a person can follow. */
const REDRAW_MS = 100;

const WORDS: Readonly<Record<Stage, string>> = {
  read: 'reading files',
  parse: 'reading manifests',
  validate: 'reading manifests',
  index: 'compiling',
  plan: 'compiling',
  drafts: 'compiling',
  certificates: 'checking certificates',
  servers: 'compiling',
  checks: 'checking',
  text: 'writing',
  write: 'writing',
  report: 'reporting',
};

export function openProgress({ now, write }: ProgressScreen): Progress {
  let stage: Stage = 'read';
  let drawnAt: number | undefined;
  const end = (): void => {
    if (drawnAt !== undefined) write('\r\u001b[K');
    drawnAt = undefined;
  };
  return {
    onStage(next) {
      stage = next ?? stage;
      // What is reported stands where the line was.
      if (stage === 'report') return end();
      const time = now();
      if (time < FIRST_MS || (drawnAt !== undefined && time - drawnAt < REDRAW_MS)) return;
      drawnAt = time;
      write(`\r\u001b[K${WORDS[stage]} (${(time / 1_000).toFixed(1)} s)`);
    },
    end,
  };
}
