import type { Rule } from '../../diagnostics/rule.ts';

export const chosenAddress = {
  id: 'I2N364',
  name: 'chosen-address',
  severity: 'warning',
  summary: 'A limit or a list of addresses, while clients may choose the address that they have.',
  why: 'As in the controller, every IPv4 address is trusted to name the client unless proxy-real-ip-cidr names proxies: who connects without one writes the header itself.',
} as const satisfies Rule;

export const believedClients = {
  id: 'I2N531',
  name: 'believed-clients',
  severity: 'info',
  summary:
    '`use-forwarded-headers` without `proxy-real-ip-cidr`: every client may say which host it asked for, and how.',
  why: 'As in the controller, X-Forwarded-Host, -Proto and -For of every IPv4 address are believed. Who reaches nginx without the proxy in front chooses what backends read there, in links and in logs.',
} as const satisfies Rule;
