import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { Agent } from 'node:http';

import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { reasonOf } from '../../input/reason.ts';
import type { EventSink } from '../events.ts';
import type { ApiAnswer, KubeApi, StreamEnd } from './api.ts';
import { exchange, follow } from './exchange.ts';
import type { KubectlFlags } from './kubectl.ts';
import { clusterWords, findKubectl } from './kubectl.ts';
import type { KubectlProxy } from './proxy.ts';
import { keepProxy } from './proxy.ts';
import { plainWords } from './stderr.ts';

export interface ApiSettings extends KubectlFlags {
  /** Told when kubectl ends by itself. */
  readonly onEvent?: EventSink;
  /** kubectl is started anew when nothing but failures came for so long; 15 s unless said. */
  readonly renewAfterMs?: number;
  /** kubectl may take so long to say its context; 20 s unless said. */
  readonly longestConfigMs?: number;
}

export type OpenedApi =
  | { readonly kind: 'open'; readonly api: KubeApi }
  /** Trying again would not help: there is no kubectl, no such context, no kubeconfig that can be read. */
  | Failure;

/** Where Kubernetes puts the credentials of a pod. */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const LONGEST_CONFIG_MS = 20_000;
/** minikube gives its server another port at each start. */
const RENEW_AFTER_MS = 15_000;

/**
 * Starts a `kubectl proxy` on a socket that only this user reaches, and talks to the API server through it. Whether the
 * server is there is not asked. When kubectl dies, or reaches nobody for a while, it is started again.
 */
export async function openKubeApi(settings: ApiSettings = {}): Promise<OpenedApi> {
  const found = findKubectl(settings);
  if (found.kind === 'failed') return found;
  const { program } = found;
  const words = clusterWords(settings);
  const unset =
    kubeconfigProblem(settings) ??
    (settings.context === undefined ? await contextProblem(program, words, settings.longestConfigMs) : undefined);
  if (unset !== undefined) return failure(unset);
  let isOpen = false;
  const onEvent: EventSink = event => {
    // What ends it before it is open is not tried again, and said at the end.
    if (isOpen) settings.onEvent?.(event);
  };
  const proxy = keepProxy({ program, clusterWords: words, onEvent });
  const reached = await proxy.reach();
  if (reached.kind === 'failed') {
    await proxy.close();
    return reached;
  }
  isOpen = true;
  return { kind: 'open', api: talkThrough(proxy, settings.renewAfterMs ?? RENEW_AFTER_MS) };
}

function talkThrough(proxy: KubectlProxy, renewAfterMs: number): KubeApi {
  const agent = new Agent({ keepAlive: true });
  let failingSince: number | undefined;
  const judge = <Answer extends ApiAnswer | StreamEnd>(answer: Answer): Answer => {
    if (!isFailure(answer)) failingSince = undefined;
    else failingSince ??= Date.now();
    if (failingSince !== undefined && Date.now() - failingSince >= renewAfterMs) {
      failingSince = undefined;
      proxy.renew();
    }
    return answer;
  };
  return {
    async request(request) {
      const reached = await proxy.reach();
      if (reached.kind === 'failed') return unreachable(reached);
      const answer = await exchange({ socket: reached.socket, agent }, request);
      return request.signal?.aborted === true ? answer : judge(answer);
    },
    async stream(path, reader) {
      const reached = await proxy.reach();
      if (reached.kind === 'failed') return unreachable(reached);
      const onOpen = (): void => {
        failingSince = undefined;
        reader.onOpen?.();
      };
      return judge(await follow({ socket: reached.socket, agent }, path, { ...reader, onOpen }));
    },
    async close() {
      agent.destroy();
      await proxy.close();
    },
  };
}

/** What a kubeconfig that was written anew may mend: another address of the server, another token. */
function isFailure(answer: ApiAnswer | StreamEnd): boolean {
  return answer.kind === 'unreachable' || (answer.kind === 'refused' && answer.code === 401);
}

function unreachable({ problem }: Failure): Exclude<ApiAnswer, { kind: 'ok' | 'refused' }> {
  return { kind: 'unreachable', problem };
}

/** kubectl itself says of a missing file that it has no context. */
function kubeconfigProblem({ kubeconfig }: KubectlFlags): string | undefined {
  try {
    if (kubeconfig !== undefined) accessSync(kubeconfig, constants.R_OK);
    return undefined;
  } catch (error) {
    return `--kubeconfig: ${kubeconfig}: ${reasonOf(error)}`;
  }
}

/** Without a context kubectl would try localhost:8080 for ever, where nobody has listened for years. */
async function contextProblem(
  program: string,
  words: readonly string[],
  timeout = LONGEST_CONFIG_MS,
): Promise<string | undefined> {
  if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined && existsSync(POD_TOKEN)) return undefined;
  return new Promise(resolve => {
    const all = ['config', 'current-context', ...words];
    execFile(program, all, { timeout }, (error, _, stderr) => {
      if (error === null) resolve(undefined);
      else if (error.killed === true) resolve(`${program} did not answer within ${timeout / 1_000} s`);
      else if (typeof error.code === 'string') resolve(`${program}: ${error.message}`);
      else {
        const said = stderr.split('\n').flatMap(line => plainWords(line) ?? []);
        resolve(`kubectl: ${said.join('; ') || 'no context is set'}; choose one with --context`);
      }
    });
  });
}
