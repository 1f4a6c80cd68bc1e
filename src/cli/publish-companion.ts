import { servedIngresses } from '../compile/served.ts';
import { MACHINE_CLOCK } from '../live/sync/clock.ts';
import type { CompanionFlags, CompanionOpening } from './companion.ts';
import type { WatchSession } from './watch-session.ts';

/** Writes the status that `--publish-status-address` asks for. */
export async function openPublishCompanion(
  { api, emit }: WatchSession,
  flags: CompanionFlags,
): Promise<CompanionOpening | undefined> {
  const { publishStatusAddress: addresses, ingressClass, controllerClass, namespace: namespaces } = flags;
  if (addresses === undefined || api === undefined) return undefined;
  const { startPublishing } = await import('../live/publish/start-publishing.ts');
  const publishing = await startPublishing({
    api,
    kubectl: flags,
    addresses,
    scope: { ingressClass, controllerClass, namespaces },
    leaseNamespace: flags.leaderElectionNamespace,
    onEvent: emit,
    clock: MACHINE_CLOCK,
  });
  if (publishing.kind === 'failed') return publishing;
  const { publisher } = publishing;
  return {
    kind: 'open',
    companion: {
      onServed: ({ routing, ingresses }) => publisher.update(servedIngresses(routing, ingresses)),
      close: () => publisher.stop(),
    },
  };
}
