import type { Rule } from '../../diagnostics/rule.ts';

export const deadAddress = {
  id: 'I2N181',
  name: 'dead-address',
  severity: 'warning',
  summary: 'The status of an Ingress has an address that cannot be reached from outside its virtual machine.',
  why: 'VirtualBox and QEMU give 10.0.2.15 to every machine behind their NAT; controllers publish it as that of the node.',
} as const satisfies Rule;

export const hostNameTaken = {
  id: 'I2N182',
  name: 'host-name-taken',
  severity: 'warning',
  summary: 'The hosts file has another address for a host already, outside the block of ingress2nginx.',
  why: 'Most systems take the first line that has the name: the other address may be the one that programs connect to.',
} as const satisfies Rule;
