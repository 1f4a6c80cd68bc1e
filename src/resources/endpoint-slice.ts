import type { PlainValue } from '../json/value.ts';
import { complainOfAddress, ipVersion, isMappedIPv4 } from './addresses.ts';
import { isApiServer, isGeneratedName, isOfPod } from './cluster-mark.ts';
import { complainOfLinkLocal, complainOfMetadata, warnOfLoopback, type PlacedAddress } from './inside-complaints.ts';
import { insideOfAddress, insideOfName, isOrdinaryIPv4, type Inside } from './inside.ts';
import { metadataOf } from './metadata.ts';
import type { Endpoint, EndpointGroup, EndpointPort, EndpointSet } from './model.ts';
import { complainOfName, isName } from './names.ts';
import { listOf, objectOf, someTextOf, textOf } from './plain.ts';
import { checkPortNamesDiffer, protocolOf } from './ports.ts';
import { quote } from './quote.ts';
import { linkLocalAddress } from './rules/inside.ts';
import { invalidAddress } from './rules/addresses.ts';
import type { Identity, Kind, Subject } from './subject.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const MANAGER_LABEL = 'endpointslice.kubernetes.io/managed-by';

export const endpointSliceKind: Kind = {
  kind: 'EndpointSlice',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: { 'discovery.k8s.io/v1': 'endpointSliceV1', 'discovery.k8s.io/v1beta1': 'endpointSliceV1beta1' },
  check,
  // Servers before 1.21.1 take them.
  tolerates: (_, { rule }) => rule === linkLocalAddress,
  normalise,
  salvage,
};

/** Source of the rules: pkg/apis/discovery/validation, ValidateEndpointSlice. */
function check(subject: Subject): void {
  const type = textOf(subject.value['addressType']);
  const addresses = notableAddresses(subject, type);
  for (const placed of addresses) checkAddress(subject, type, placed);
  checkPortNamesDiffer(subject, { ports: listOf(subject.value['ports']), path: ['ports'], isEmptyAName: true });
  warnOfLoopback(
    subject,
    addresses.filter(({ address }) => insideOf(type, address) === 'loopback'),
  );
}

function insideOf(type: string, address: string): Inside | undefined {
  return type === 'FQDN' ? insideOfName(address) : insideOfAddress(address);
}

/** Those of which something may have to be said. */
function notableAddresses(subject: Subject, type: string): readonly PlacedAddress[] {
  const found: PlacedAddress[] = [];
  listOf(subject.value['endpoints']).forEach((endpoint, index) => {
    listOf(objectOf(endpoint)['addresses']).forEach((address, at) => {
      if (typeof address !== 'string' || (type === 'IPv4' && isOrdinaryIPv4(address))) return;
      found.push({ address, path: ['endpoints', index, 'addresses', at] });
    });
  });
  return found;
}

function checkAddress(subject: Subject, type: string, { address, path }: PlacedAddress): void {
  const inside = insideOf(type, address);
  if (inside === 'metadata') subject.complain({ ...complainOfMetadata('the endpoint', address), path });
  if (inside === 'link-local') subject.complain({ ...complainOfLinkLocal('the endpoint', address), path });
  if (type === 'FQDN') {
    checkQualifiedName(subject, { address, path });
    return;
  }
  const isIPv4 = ipVersion(address) === 4 || isMappedIPv4(address);
  if (type === 'IPv4' && !isIPv4) subject.complain({ ...complainOfAddress(address, 'an IPv4 address'), path });
  if (type === 'IPv6' && (isIPv4 || ipVersion(address) !== 6)) {
    subject.complain({ ...complainOfAddress(address, 'an IPv6 address'), path });
  }
}

function checkQualifiedName(subject: Subject, { address, path }: PlacedAddress): void {
  const name = address.replace(/\.$/, '');
  if (!isName('dns-name', name)) subject.complain({ ...complainOfName('dns-name', name), rule: invalidAddress, path });
  else if (!name.includes('.')) {
    const message = `${quote(address)} is not a full domain name: it has one part only`;
    subject.complain({ rule: invalidAddress, message, help: `write it like ${quote(`${name}.example.com`)}`, path });
  }
}

function normalise(subject: Subject, identity: Identity): EndpointSet {
  const ports = listOf(subject.value['ports']).map(port => portOf(port));
  const endpoints = listOf(subject.value['endpoints']).flatMap(endpoint => endpointsOf(endpoint));
  return setOf(subject, identity, [{ ports, endpoints }], false);
}

/** Left out, the Service would look as if its endpoints were in another place. */
function salvage(subject: Subject, identity: Identity): EndpointSet {
  return setOf(subject, identity, [], true);
}

function setOf(
  subject: Subject,
  { document, namespace, name }: Identity,
  groups: readonly EndpointGroup[],
  isRefused: boolean,
): EndpointSet {
  const labels = objectOf(metadataOf(subject.value)['labels']);
  const service = someTextOf(labels[SERVICE_LABEL]);
  const isFromCluster =
    textOf(labels[MANAGER_LABEL]).endsWith('-controller.k8s.io') ||
    isApiServer({ namespace, name }) ||
    isGeneratedName(name, service) ||
    listOf(subject.value['endpoints']).some(endpoint => isOfPod(objectOf(endpoint)));
  return {
    kind: 'EndpointSet',
    document,
    namespace,
    name,
    from: 'EndpointSlice',
    service,
    groups,
    isFromCluster,
    isRefused,
  };
}

function endpointsOf(value: PlainValue): readonly Endpoint[] {
  const endpoint = objectOf(value);
  const isReady = objectOf(endpoint['conditions'])['ready'] !== false;
  return listOf(endpoint['addresses']).map(address => ({ address: textOf(address), isReady }));
}

function portOf(value: PlainValue): EndpointPort {
  const port = objectOf(value);
  const number = port['port'];
  return {
    name: someTextOf(port['name']),
    port: typeof number === 'number' ? number : undefined,
    protocol: protocolOf(port['protocol']),
  };
}
