import type { CompanionOpening } from './companion.ts';
import type { WatchRequest } from './request.ts';
import type { WatchSession } from './session.ts';

/** Keeps the local ports that lead to the backends, where they are reached by `port-forward`. */
export async function openForwardCompanion(
  { emit, again }: WatchSession,
  { kubectl, settings }: WatchRequest,
): Promise<CompanionOpening | undefined> {
  const { backendAddress, httpPort, httpsPort } = settings();
  if (backendAddress !== 'port-forward') return undefined;
  const { findKubectl } = await import('../../live/kubectl/kubectl.ts');
  const found = findKubectl(kubectl);
  if (found.kind === 'failed') return found;
  const { openForwarder } = await import('../../live/forward/forwarder.ts');
  const forwarder = openForwarder({
    kubectl: { program: found.program, context: kubectl.context, kubeconfig: kubectl.kubeconfig },
    emit,
    onChange: again,
    avoid: [httpPort, httpsPort],
  });
  return {
    kind: 'open',
    companion: {
      settings: () => ({ forwards: forwarder.forwards }),
      isReady: loaded => forwarder.want(loaded.forwardsWanted),
      close: () => forwarder.stop(),
    },
  };
}
