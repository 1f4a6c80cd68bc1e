import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { isIP } from '../json/ip.ts';
import type { StatusAddress } from '../live/publish/address.ts';
import { isDnsName, parseNamespace } from './settings.ts';

/** The flags of commands that may write the status of Ingresses. */
export interface PublishFlags {
  readonly publishStatusAddress?: 'auto' | readonly StatusAddress[];
  readonly leaderElectionNamespace?: string;
}

export function addPublishFlags(command: Command): Command {
  return command
    .optionsGroup('Status of the Ingresses:')
    .option(
      '--publish-status-address <address>',
      'address to publish in the Ingress status: auto, comma-separated IPs, or a host name',
      parsePublishAddress,
    )
    .option(
      '--leader-election-namespace <name>',
      'namespace of the leader election Lease (default: the one of -n, or default)',
      parseNamespace,
    );
}

/** @throws InvalidArgumentError for what the API server would not take. */
export function parsePublishAddress(text: string): 'auto' | readonly StatusAddress[] {
  if (text === 'auto') return text;
  const parts = [...new Set(text.split(',').map(part => part.trim()))];
  const addresses = parts.map(parseStatusAddress).filter(address => address !== undefined);
  const isMixed = addresses.length > 1 && addresses.some(address => 'hostname' in address);
  if (addresses.length !== parts.length || isMixed) {
    throw new InvalidArgumentError(
      'Use auto, IP addresses such as 192.0.2.7,2001:db8::7, or a host name in lower case.',
    );
  }
  return addresses;
}

/**
 * An address that the API server takes: an IP without zone and leading zeros, or a DNS name in lower case. Undefined for
 * anything else.
 */
function parseStatusAddress(text: string): StatusAddress | undefined {
  if (isIP(text) !== 0) return text.includes('%') ? undefined : { ip: text.toLowerCase() };
  // `10.0.0.256` is a DNS name by its letters; nobody means it.
  return isDnsName(text) && !/^[0-9.]+$/.test(text) ? { hostname: text } : undefined;
}
