import type { Rule } from '../diagnostics/rule.ts';

export const missingService = {
  id: 'I2N401',
  name: 'missing-service',
  severity: 'warning',
  summary: 'A backend names a Service that is not in the input; its locations answer 503.',
  why: 'The controller answers 503 as well until the Service exists.',
} as const satisfies Rule;

export const missingServicePort = {
  id: 'I2N402',
  name: 'missing-service-port',
  severity: 'warning',
  summary: 'A backend names a port that its Service does not have; its locations answer 503.',
  why: 'The controller answers 503 as well; a misspelt port name is the usual reason.',
} as const satisfies Rule;

export const noReadyEndpoints = {
  id: 'I2N403',
  name: 'no-ready-endpoints',
  severity: 'warning',
  summary: 'A Service without a ready endpoint; its locations answer 503.',
  why: 'The controller answers 503 as well until a pod is ready.',
} as const satisfies Rule;

export const nameFromHostsFile = {
  id: 'I2N430',
  name: 'name-from-hosts-file',
  severity: 'warning',
  summary: 'The name of an ExternalName Service is reached at the address that the hosts file of this machine has.',
  why: 'No DNS server knows such names. The address is written into the configuration: changes of the file count with the next render or apply, and another machine may have another address. With --resolver the name is looked up while requests are served.',
} as const satisfies Rule;

export const assumedResolver = {
  id: 'I2N405',
  name: 'assumed-resolver',
  severity: 'info',
  summary: 'Services are reached by DNS name, and the address of the cluster DNS is only assumed.',
  why: 'nginx needs the IP address of a DNS server. 10.96.0.10 is the usual one; --resolver names another.',
} as const satisfies Rule;

export const assumedExternalResolver = {
  id: 'I2N406',
  name: 'assumed-external-resolver',
  severity: 'warning',
  summary: 'The name of an ExternalName Service is looked up at a DNS server that is only assumed.',
  why: 'Where no server answers at that address, its locations answer 502 after five seconds. nginx needs the IP address of a DNS server; it does not read /etc/resolv.conf.',
} as const satisfies Rule;

export const serviceElsewhere = {
  id: 'I2N407',
  name: 'service-elsewhere',
  severity: 'warning',
  summary: 'A backend names a Service that is not in the input; it is reached by its DNS name.',
  why: 'A repository may hold the Ingress of one team and not the Service of another. A name that is misspelt answers 502.',
} as const satisfies Rule;

export const handMadeEndpoints = {
  id: 'I2N408',
  name: 'hand-made-endpoints',
  severity: 'info',
  summary:
    'The input holds endpoints, but only such as are written by hand: other Services are reached as if it held none.',
  why: 'Only endpoints of a Service with a selector show that the input comes from a cluster, where a Service without endpoints answers 503.',
} as const satisfies Rule;

export const noResolver = {
  id: 'I2N409',
  name: 'no-resolver',
  severity: 'warning',
  summary: 'No DNS server is known for the name of an ExternalName Service; its locations answer 503.',
  why: 'With --backend-address node-port and port-forward the cluster DNS is out of reach, and nginx does not read /etc/resolv.conf.',
} as const satisfies Rule;

export const externalNameLeadsNowhere = {
  id: 'I2N424',
  name: 'external-name-leads-nowhere',
  severity: 'warning',
  summary:
    'An ExternalName in the domain of the cluster that names no Service, or leads back to itself; its locations answer 503.',
  why: 'A Service has the name SERVICE.NAMESPACE.svc.cluster.local.',
} as const satisfies Rule;

export const tooManyEndpoints = {
  id: 'I2N425',
  name: 'too-many-endpoints',
  severity: 'warning',
  summary:
    'A Service with so many ports and endpoints that not all of its ports are served; those locations answer 503.',
  why: 'Each port becomes an upstream with all endpoints: a small file could fill all memory. 20 ports are always served, and as many as make 20,000 addresses.',
} as const satisfies Rule;

export const noNodePort = {
  id: 'I2N421',
  name: 'no-node-port',
  severity: 'warning',
  summary: 'A Service without a node port, where --backend-address node-port asks for one; it answers 503.',
  why: 'A Service of type ClusterIP can only be reached from inside the cluster.',
} as const satisfies Rule;

export const forwardPending = {
  id: 'I2N422',
  name: 'forward-pending',
  severity: 'info',
  summary: 'A Service without a running port-forward; it answers 503 until kubectl port-forward is up.',
  why: 'A port-forward takes a moment to start, and needs a running pod.',
} as const satisfies Rule;

export const notForwardable = {
  id: 'I2N423',
  name: 'not-forwardable',
  severity: 'warning',
  summary: 'A Service port that kubectl port-forward does not support; it answers 503.',
  why: 'kubectl forwards TCP only, and uses the port of a headless Service as the pod port.',
} as const satisfies Rule;

export const missingDefaultBackend = {
  id: 'I2N414',
  name: 'missing-default-backend',
  severity: 'warning',
  summary: 'The Service of --default-backend-service cannot be reached; unknown hosts and paths answer 404.',
  why: 'The controller falls back to its built-in 404 page as well.',
} as const satisfies Rule;

/** Rules about the way to backends. */
export const backendRules: readonly Rule[] = [
  missingService,
  missingServicePort,
  noReadyEndpoints,
  nameFromHostsFile,
  assumedResolver,
  assumedExternalResolver,
  serviceElsewhere,
  handMadeEndpoints,
  noResolver,
  externalNameLeadsNowhere,
  tooManyEndpoints,
  noNodePort,
  forwardPending,
  notForwardable,
  missingDefaultBackend,
];
