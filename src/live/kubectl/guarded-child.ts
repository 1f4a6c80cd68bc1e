import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';

/** A program that never outlives us: it is ended when we end, whatever ends us. */
export interface GuardedChild {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** When the program has ended and all of its output was read. Never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Ends it: SIGTERM, and SIGKILL after two seconds. Resolves when it is gone; may be called again. */
  close(): Promise<ChildEnd>;
}

export type ChildEnd =
  /** `code` is 128 and the number of the signal when a signal ended it. */
  | { readonly kind: 'exited'; readonly code: number }
  /** It could not be run. */
  | Failure;

export interface ChildRequest {
  /** An absolute path: nothing is looked for. */
  readonly program: string;
  readonly words: readonly string[];
  /** A folder of ours that is removed when the program has ended, even if we have ended before. */
  readonly folder?: string;
}

/**
 * Runs beside the program and ends it. Only we hold the other end of descriptor 3, so its end of file means that we
 * closed it or are gone. The subshell that reads it is ended when the program ends by itself; `kill -0` says of a
 * program that ended but was not waited for yet that it is there, so a number that was given away again is never hit
 * unless `wait` and `kill` cross in the moment between them. The shell's own words (`Terminated`) go nowhere: once we
 * are gone they would end it by SIGPIPE before it has cleaned up.
 */
const GUARD = `
folder=$1; shift
"$@" 3<&- &
child=$!
exec >/dev/null 2>&1
(
  trap '' TERM INT HUP
  while read -r _ <&3; do :; done
  kill -TERM "$child"
  left=20
  while [ "$left" -gt 0 ] && kill -0 "$child"; do sleep 0.1; left=$((left - 1)); done
  kill -KILL "$child"
) &
guard=$!
exec 3<&-
trap 'kill -TERM "$child"' TERM INT HUP
wait "$child"; code=$?
while kill -0 "$child"; do wait "$child"; code=$?; done
kill -KILL "$guard"
if [ -n "$folder" ]; then rm -rf -- "$folder"; fi
exit "$code"
`;

/**
 * Starts a program with a guard, in a session of its own: Ctrl-C in the terminal reaches us alone, and we may still
 * need it to say goodbye.
 */
export function startGuarded({ program, words, folder = '' }: ChildRequest): GuardedChild {
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', folder, program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('pipes were asked for');
  const lifeline = child.stdio[3];
  // The guard may be gone already; that is what `ended` says.
  lifeline?.on('error', () => undefined);
  const ended = new Promise<ChildEnd>(resolve => {
    child.on('error', error => resolve(failure(`${program}: ${error.message}`)));
    // Should somebody kill the guard's shell, its other half still ends the program.
    child.on('exit', () => lifeline?.destroy());
    child.on('close', code => {
      // The guard itself ends by a signal only when somebody kills it.
      resolve({ kind: 'exited', code: code ?? 128 + 9 });
    });
  });
  return {
    stdout,
    stderr,
    ended,
    close() {
      lifeline?.destroy();
      return ended;
    },
  };
}
