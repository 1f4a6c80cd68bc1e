import { execFile } from 'node:child_process';

import { isIP } from '../json/ip.ts';
import type { Failure } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { findProgram } from './program.ts';

/** What `minikube ip` says. */
export type MinikubeAddress =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'absent' }
  | Failure;

const LONGEST_MS = 20_000;

/** Asks minikube for the address of its node. It takes the profile of MINIKUBE_PROFILE, or its own default. */
export function minikubeAddress(): Promise<MinikubeAddress> {
  const program = findProgram({ wanted: 'minikube' });
  if (program === undefined) return Promise.resolve({ kind: 'absent' });
  const [command, words] = commandOfUser(program);
  return new Promise(resolve => {
    execFile(command, words, { timeout: LONGEST_MS, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const answer = stdout.trim();
      if (error === null) resolve(judge(answer));
      else {
        // It writes what is wrong to stdout or stderr, depending on its version.
        const said = [stderr, stdout].map(text => text.trim()).find(text => text !== '');
        resolve(failure(said?.replaceAll(/\s*\n\s*/g, ' ') ?? error.message.trim()));
      }
    });
  });
}

/** Clusters belong to a user: behind `sudo` root has none, and need not run what the user installed. */
function commandOfUser(program: string): readonly [string, readonly string[]] {
  const { SUDO_UID: user } = process.env;
  const sudo =
    process.getuid?.() === 0 && user !== undefined && /^[1-9]\d*$/.test(user)
      ? findProgram({ wanted: 'sudo' })
      : undefined;
  if (sudo === undefined) return [program, ['ip']];
  const kept = '--preserve-env=MINIKUBE_HOME,MINIKUBE_PROFILE';
  return [sudo, ['-n', '-H', kept, '-u', `#${user}`, '--', program, 'ip']];
}

function judge(answer: string): MinikubeAddress {
  // IPv6 with a zone is of no use elsewhere.
  if (isIP(answer) !== 0 && !answer.includes('%')) return { kind: 'address', address: answer.toLowerCase() };
  return failure(answer === '' ? 'it printed nothing' : `it printed ${JSON.stringify(answer)}`);
}
