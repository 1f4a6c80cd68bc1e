import type { Command } from 'commander';

import type { BackendAddress } from '../compile/settings.ts';
import { readable } from '../diagnostics/visible.ts';

interface AddressFlags {
  readonly backendAddress: BackendAddress;
  readonly nodeAddress: readonly string[];
  /** Only of commands that can. */
  readonly watch?: boolean;
}

/** Whether somebody serves what comes out, on this machine: then its minikube and its DNS servers may be asked. */
function servesHere(command: Command): boolean {
  return command.name() === 'apply' || command.opts<AddressFlags>().watch === true;
}

/**
 * Ends the command where its way to the backends cannot be gone. Asks minikube for the address of its node where nobody
 * names one, and says whether the DNS servers of this machine may be asked.
 */
export async function completeBackendAddress(command: Command): Promise<void> {
  const { backendAddress, nodeAddress, watch } = command.opts<AddressFlags>();
  command.setOptionValue('servesHere', servesHere(command));
  if (backendAddress === 'port-forward' && watch !== true) {
    const advice = 'the forwards end with this program';
    command.error(`error: --backend-address port-forward needs --watch: ${advice}`, { exitCode: 2 });
  }
  if (backendAddress !== 'node-port' || nodeAddress.length > 0) return;
  const needed = '--backend-address node-port needs --node-address IP';
  if (!servesHere(command)) command.error(`error: ${needed}`, { exitCode: 2 });
  const { minikubeAddress } = await import('../live/minikube.ts');
  const answer = await minikubeAddress();
  switch (answer.kind) {
    case 'address':
      command.setOptionValue('nodeAddress', [answer.address]);
      return;
    case 'absent':
      command.error(`error: ${needed}: minikube is not installed`, { exitCode: 2 });
      return;
    case 'failed':
      command.error(`error: ${needed}: "minikube ip" failed: ${readable(answer.problem)}`, { exitCode: 3 });
  }
}
