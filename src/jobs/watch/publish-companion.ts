import { servedIngresses } from '../../compile/served.ts';
import { MACHINE_CLOCK } from '../../live/clock.ts';
import type { CompanionOpening } from './companion.ts';
import type { WatchRequest } from './request.ts';
import type { WatchSession } from './session.ts';

/** Writes the status of what is served into the Ingresses of the cluster. */
export async function openPublishCompanion(
  { api, emit }: WatchSession,
  { kubectl, publish, settings, source }: WatchRequest,
): Promise<CompanionOpening | undefined> {
  if (publish === undefined || api === undefined || source.kind === 'paths') return undefined;
  const { ingressClass, controllerClass } = settings();
  const { startPublishing } = await import('../../live/publish/start-publishing.ts');
  const publishing = await startPublishing({
    api,
    kubectl,
    addresses: publish.addresses,
    scope: { ingressClass, controllerClass, namespaces: source.namespaces },
    leaseNamespace: publish.leaseNamespace,
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
