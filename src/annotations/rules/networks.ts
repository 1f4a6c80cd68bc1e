import type { Rule } from '../../diagnostics/rule.ts';

export const openNetwork = {
  id: 'I2N511',
  name: 'open-network',
  severity: 'warning',
  lintSeverity: 'error',
  summary: 'A network of all addresses where one was meant, such as "10.0.0.0/0", or to which no limit applies.',
  why: 'The number after the slash says how many bits count. With 0 none does: a list of those who are let in lets everybody in, one of those who are kept out keeps everybody out, and limits hold for nobody.',
} as const satisfies Rule;

export const allAddresses = {
  id: 'I2N512',
  name: 'all-addresses',
  severity: 'warning',
  summary:
    'A list of networks with "0.0.0.0/0" or "::/0" beside others, which have no effect; a note where it stands alone.',
  why: 'It stands for all addresses. Alone it may be a default that somebody wrote down; "0.0.0.0/0" in a list of those who are let in keeps out who comes over IPv6.',
} as const satisfies Rule;

export const networkWithHostBits = {
  id: 'I2N520',
  name: 'network-with-host-bits',
  severity: 'info',
  summary: 'A network that is written with an address in it, such as "10.1.2.3/8".',
  why: 'It stands for the whole network, 10.0.0.0/8. If the one address was meant, the length is 32.',
} as const satisfies Rule;
