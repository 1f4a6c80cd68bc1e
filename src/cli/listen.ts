import { networkInterfaces } from 'node:os';

import type { Command } from 'commander';

import type { BackendAddress } from '../compile/settings.ts';

interface ListenFlags {
  readonly backendAddress: BackendAddress;
  readonly listen: readonly string[];
  /** Only of commands that can. */
  readonly watch?: boolean;
}

/**
 * Where nothing is said, nginx listens as the controller does: on IPv4, and on IPv6 if the machine has it, which is only
 * known of the machine that an apply is for, or that this program keeps forwards on. A way to the pods that is made for
 * one machine serves that machine alone.
 */
export function completeListen(command: Command): void {
  const { backendAddress, listen, watch } = command.opts<ListenFlags>();
  if (listen.length > 0) return;
  const isLocal = backendAddress === 'node-port' || backendAddress === 'port-forward';
  const usual = isLocal ? ['127.0.0.1', '::1'] : ['0.0.0.0', '::'];
  if (!isLocal) command.setOptionValue('listensAsUsual', true);
  const isHere = command.name() === 'apply' || (isLocal && watch === true);
  command.setOptionValue('listen', isHere ? thoseOf(addressesHere(), usual) : usual);
}

/**
 * Those that a machine with these addresses can listen on. Source: ingress-nginx 1.15.1, internal/net/net.go,
 * IsIPv6Enabled, which looks for any address of IPv6.
 */
export function thoseOf(addresses: readonly string[], wanted: readonly string[]): readonly string[] {
  const hasIpv6 = addresses.some(address => address.includes(':'));
  return wanted.filter(address => !address.includes(':') || (address === '::' ? hasIpv6 : addresses.includes(address)));
}

function addressesHere(): readonly string[] {
  try {
    return Object.values(networkInterfaces()).flatMap(all => (all ?? []).map(({ address }) => address));
  } catch {
    return []; // a sandbox may keep them to itself
  }
}
