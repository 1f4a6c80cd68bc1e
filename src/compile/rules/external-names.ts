import type { Rule } from '../../diagnostics/rule.ts';

export const externalNameLeadsNowhere = {
  id: 'I2N424',
  name: 'external-name-leads-nowhere',
  severity: 'warning',
  summary:
    'An ExternalName in the domain of the cluster that names no Service, or leads back to itself; its locations answer 503.',
  why: 'A Service has the name SERVICE.NAMESPACE.svc.cluster.local.',
} as const satisfies Rule;

export const nameFromHostsFile = {
  id: 'I2N430',
  name: 'name-from-hosts-file',
  severity: 'warning',
  isOfOutput: true,
  summary: 'The name of an ExternalName Service is reached at the address that the hosts file of this machine has.',
  why: 'No DNS server knows such names. The address is written into the configuration: changes of the file count with the next render or apply, and another machine may have another address. With --resolver the name is looked up while requests are served.',
} as const satisfies Rule;
