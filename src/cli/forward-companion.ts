import type { CompanionFlags, CompanionOpening } from './companion.ts';
import type { WatchSession } from './watch-session.ts';

/** Keeps the local ports that `--backend-address port-forward` asks for. */
export async function openForwardCompanion(
  { emit, again }: WatchSession,
  flags: CompanionFlags,
): Promise<CompanionOpening | undefined> {
  if (flags.backendAddress !== 'port-forward') return undefined;
  const { findKubectl } = await import('../live/kubectl/kubectl.ts');
  const kubectl = findKubectl(flags);
  if (kubectl.kind === 'failed') return kubectl;
  const { openForwarder } = await import('../live/forward/forwarder.ts');
  const forwarder = openForwarder({
    kubectl: { program: kubectl.program, context: flags.context, kubeconfig: flags.kubeconfig },
    emit,
    onChange: again,
    avoid: [flags.httpPort, flags.httpsPort],
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
