import { readLines } from '../bounded-text.ts';
import { startGuarded } from '../kubectl/guarded-child.ts';
import type { KubectlFlags } from '../kubectl/kubectl.ts';
import { clusterWords } from '../kubectl/kubectl.ts';
import { plainWords } from '../kubectl/stderr.ts';

/** How kubectl is called. */
export interface Kubectl extends Pick<KubectlFlags, 'context' | 'kubeconfig'> {
  /** Absolute. */
  readonly program: string;
}

/** What one run of kubectl is to do. */
export interface ForwardRequest {
  readonly kubectl: Kubectl;
  /** `namespace/name` */
  readonly service: string;
  /** Local ports by ports of the Service. */
  readonly ports: ReadonlyMap<number, number>;
  /** A local port leads to the Service now. */
  readonly onListening: (local: number) => void;
}

export interface ForwardProcess {
  readonly ended: Promise<ForwardEnd>;
  close(): void;
}

export interface ForwardEnd {
  /** What kubectl said, in one line. */
  readonly problem: string;
  /** Local ports that somebody else has. */
  readonly occupied: readonly number[];
}

/** Who is not ready soon is tried again: meanwhile the pods may be others. */
const POD_TIMEOUT = '10s';
const LISTENING = /^Forwarding from 127\.0\.0\.1:(\d+) -> /;
const OCCUPIED = /^Unable to listen on port (\d+):/;

/** Runs `kubectl port-forward` once. It picks one pod of the Service, and ends when that pod ends. */
export function startForward({ kubectl, service, ports, onListening }: ForwardRequest): ForwardProcess {
  const [namespace = '', name = ''] = service.split('/');
  const child = startGuarded({
    program: kubectl.program,
    words: [
      'port-forward',
      ...clusterWords(kubectl),
      `--namespace=${namespace}`,
      '--address=127.0.0.1',
      `--pod-running-timeout=${POD_TIMEOUT}`,
      `service/${name}`,
      ...[...ports].map(([remote, local]) => `${local}:${remote}`),
    ],
  });
  const occupied: number[] = [];
  let problem: string | undefined;
  readLines(child.stdout, line => {
    const local = LISTENING.exec(line)?.[1];
    if (local !== undefined) onListening(Number(local));
  });
  readLines(child.stderr, line => {
    const port = OCCUPIED.exec(line)?.[1];
    if (port !== undefined) {
      occupied.push(Number(port));
      // It would go on with the other ports.
      void child.close();
    }
    problem = plainWords(line) ?? problem;
  });
  const ended = child.ended.then(end => ({ problem: problem ?? reasonOf(end), occupied }));
  return { ended, close: () => void child.close() };
}

function reasonOf(end: Awaited<ReturnType<typeof startGuarded>['ended']>): string {
  return end.kind === 'failed' ? end.problem : `kubectl port-forward ended with exit code ${end.code}`;
}
