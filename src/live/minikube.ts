import { execFile } from 'node:child_process';
import { isIP } from 'node:net';

/** What `minikube ip` says. */
export type MinikubeAddress =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly problem: string };

const LONGEST_MS = 20_000;

/**
 * Asks minikube for the address of its node. It takes the profile of MINIKUBE_PROFILE, or its own default.
 *
 * @param program A name in the PATH, or a path.
 */
export function minikubeAddress(program = 'minikube'): Promise<MinikubeAddress> {
  return new Promise(resolve => {
    execFile(program, ['ip'], { timeout: LONGEST_MS, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const answer = stdout.trim();
      if (error === null) resolve(judge(answer));
      else if (error.code === 'ENOENT') resolve({ kind: 'absent' });
      else {
        // It writes what is wrong to stdout or stderr, depending on its version.
        const said = [stderr, stdout].map(text => text.trim()).find(text => text !== '');
        resolve({ kind: 'failed', problem: said?.replaceAll(/\s*\n\s*/g, ' ') ?? error.message.trim() });
      }
    });
  });
}

function judge(answer: string): MinikubeAddress {
  // IPv6 with a zone is of no use elsewhere.
  if (isIP(answer) !== 0 && !answer.includes('%')) return { kind: 'address', address: answer.toLowerCase() };
  return { kind: 'failed', problem: answer === '' ? 'it said nothing' : `it said ${JSON.stringify(answer)}` };
}
