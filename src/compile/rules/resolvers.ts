import type { Rule } from '../../diagnostics/rule.ts';

export const assumedResolver = {
  id: 'I2N405',
  name: 'assumed-resolver',
  severity: 'info',
  isOfOutput: true,
  summary: 'Services are reached by DNS name, and the address of the cluster DNS is only assumed.',
  why: 'nginx needs the IP address of a DNS server. 10.96.0.10 is the usual one; --resolver names another.',
} as const satisfies Rule;

export const assumedExternalResolver = {
  id: 'I2N406',
  name: 'assumed-external-resolver',
  severity: 'warning',
  isOfOutput: true,
  summary: 'The name of an ExternalName Service is looked up at a DNS server that is only assumed.',
  why: 'Where no server answers at that address, its locations answer 502 after five seconds. nginx needs the IP address of a DNS server; it does not read /etc/resolv.conf.',
} as const satisfies Rule;

export const noResolver = {
  id: 'I2N409',
  name: 'no-resolver',
  severity: 'warning',
  isOfOutput: true,
  summary: 'No DNS server is known for the name of an ExternalName Service; its locations answer 503.',
  why: 'With --backend-address node-port and port-forward the cluster DNS is out of reach, and nginx does not read /etc/resolv.conf.',
} as const satisfies Rule;
