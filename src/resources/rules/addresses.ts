import type { Rule } from '../../diagnostics/rule.ts';

export const invalidPort = {
  id: 'I2N117',
  name: 'invalid-port',
  severity: 'error',
  summary: 'A port number out of range, or an invalid port name.',
  why: 'Ports are numbers from 1 to 65535 or names of at most 15 characters with a letter in them.',
} as const satisfies Rule;

export const invalidAddress = {
  id: 'I2N126',
  name: 'invalid-address',
  severity: 'error',
  summary: 'An address that is not an IP address, or not allowed for endpoints.',
  why: 'Endpoints are pod addresses: plain IPv4 or IPv6, without a port, outside the special-purpose ranges.',
} as const satisfies Rule;
