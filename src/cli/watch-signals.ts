/** What signals mean to a program that runs until it is told to end. */
export interface Signals {
  /** Aborted by the first SIGINT or SIGTERM, or when nobody reads stderr any more. */
  readonly end: AbortSignal;
  readonly ended: Promise<void>;
  /** Called at each SIGHUP. */
  onHangUp(call: () => void): void;
}

const ENDING = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs what ends by itself soon after the first signal; a second one ends the process at once, as if nobody had listened.
 * Rejects at a bug outside of every promise, so that what was opened is closed even then.
 */
export async function untilSignal<T>(work: (signals: Signals) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const hangUps = new Set<() => void>();
  let onEnd = (): void => undefined;
  let onBug: (error: Error) => void = () => undefined;
  const ended = new Promise<void>(done => void (onEnd = done));
  const bug = new Promise<never>((_, reject) => void (onBug = reject));
  const end = (): void => {
    controller.abort();
    onEnd();
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      for (const other of ENDING) process.off(other, onSignal);
      process.kill(process.pid, name);
    }
    end();
  };
  const onHangUp = (): void => {
    for (const call of hangUps) call();
  };
  for (const name of ENDING) process.on(name, onSignal);
  process.on('SIGHUP', onHangUp).on('uncaughtException', onBug);
  process.stderr.on('error', error => {
    // On a full disk only lines of the log are lost, until there is room again.
    if (!('code' in error) || (error.code !== 'ENOSPC' && error.code !== 'EDQUOT')) end();
  });
  const signals = { end: controller.signal, ended, onHangUp: (call: () => void) => void hangUps.add(call) };
  try {
    return await Promise.race([work(signals), bug]);
  } finally {
    // A second signal shall end the cleaning up as well: its handler stays.
    end();
  }
}
