import type { Rule } from '../../diagnostics/rule.ts';

export const chosenAddress = {
  id: 'I2N364',
  name: 'chosen-address',
  severity: 'warning',
  summary: 'A limit or a list of addresses, while clients may choose the address that they have.',
  why: 'As in the controller, every IPv4 address is trusted to name the client unless proxy-real-ip-cidr names proxies: who connects without one writes the header itself.',
} as const satisfies Rule;
