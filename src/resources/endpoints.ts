import type { PlainObject, PlainValue } from '../json/value.ts';
import { complainOfAddress, ipVersion, specialRange } from './addresses.ts';
import { complainOfMetadata, warnOfLoopback, type PlacedAddress } from './inside-complaints.ts';
import { insideOfAddress, isOrdinaryIPv4 } from './inside.ts';
import { isApiServer, isOfPod } from './cluster-mark.ts';
import { metadataOf } from './metadata.ts';
import type { Endpoint, EndpointGroup, EndpointPort, EndpointSet } from './model.ts';
import { isGiven, listOf, numberOf, objectOf, someTextOf, textOf } from './plain.ts';
import { checkPortsAreNamed, protocolOf } from './ports.ts';
import { quote } from './quote.ts';
import { invalidAddress } from './rules/addresses.ts';
import { missingField } from './rules/fields.ts';
import type { Identity, Kind, Subject } from './subject.ts';

export const endpointsKind: Kind = {
  kind: 'Endpoints',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: { v1: 'endpoints' },
  check,
  normalise,
  salvage,
};

const ADDRESS_FIELDS = ['addresses', 'notReadyAddresses'] as const;

/** Source of the rules: pkg/apis/core/validation, ValidateEndpoints; but for loopback addresses, which are a warning. */
function check(subject: Subject): void {
  for (const [index, value] of listOf(subject.value['subsets']).entries()) {
    if (value === null) continue;
    const subset = objectOf(value);
    const path = ['subsets', index];
    if (ADDRESS_FIELDS.every(field => isNothing(subset[field]))) {
      const message = 'this subset has no addresses';
      subject.complain({ rule: missingField, message, help: 'add `addresses`, or remove the subset', path });
    }
    checkPortsAreNamed(subject, listOf(subset['ports']), [...path, 'ports']);
  }
  const addresses = [...notableAddresses(subject)];
  for (const placed of addresses) checkAddress(subject, placed);
  warnOfLoopback(
    subject,
    addresses.filter(({ address }) => specialRange(address) === 'loopback'),
  );
}

function isNothing(value: PlainValue | undefined): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

function checkAddress(subject: Subject, { address, path }: PlacedAddress): void {
  const range = specialRange(address);
  if (ipVersion(address) === 0) subject.complain({ ...complainOfAddress(address, 'an IP address'), path });
  else if (insideOfAddress(address) === 'metadata') {
    subject.complain({ ...complainOfMetadata('the endpoint', address), path });
  } else if (range !== undefined && range !== 'loopback') {
    const message = `${quote(address)} is a ${range} address, which no endpoint can have`;
    subject.complain({ rule: invalidAddress, message, help: 'write the address of the pod', path });
  }
}

/** Those of which something may have to be said. */
function* notableAddresses(subject: Subject): Generator<PlacedAddress> {
  for (const [index, subset] of listOf(subject.value['subsets']).entries()) {
    for (const field of ADDRESS_FIELDS) {
      for (const [at, value] of listOf(objectOf(subset)[field]).entries()) {
        const { ip } = objectOf(value);
        if (typeof ip !== 'string' || isOrdinaryIPv4(ip)) continue;
        yield { address: ip, path: ['subsets', index, field, at, 'ip'] };
      }
    }
  }
}

/** Endpoints belong to the Service of their name. */
function normalise(subject: Subject, identity: Identity): EndpointSet {
  const groups = listOf(subject.value['subsets']).map(subset => groupOf(objectOf(subset)));
  return { ...salvage(subject, identity), groups, isRefused: false };
}

/** Left out, the Service would look as if its endpoints were in another place. */
function salvage(subject: Subject, { document, namespace, name }: Identity): EndpointSet {
  const isFromCluster = hasMarkOfCluster(subject.value) || isApiServer({ namespace, name });
  return {
    kind: 'EndpointSet',
    document,
    namespace,
    name,
    from: 'Endpoints',
    service: name,
    groups: [],
    isFromCluster,
    isRefused: true,
  };
}

/** Their controller notes when a pod changed; and of what is written by hand, nothing leads to a pod. */
function hasMarkOfCluster(value: PlainObject): boolean {
  if ('endpoints.kubernetes.io/last-change-trigger-time' in objectOf(metadataOf(value)['annotations'])) return true;
  return listOf(value['subsets']).some(subset =>
    ADDRESS_FIELDS.some(field => listOf(objectOf(subset)[field]).some(address => isOfPod(objectOf(address)))),
  );
}

function groupOf(subset: PlainObject): EndpointGroup {
  const ready = listOf(subset['addresses']).map(address => endpointOf(address, true));
  const notReady = listOf(subset['notReadyAddresses']).map(address => endpointOf(address, false));
  return { ports: listOf(subset['ports']).map(port => portOf(objectOf(port))), endpoints: [...ready, ...notReady] };
}

function endpointOf(address: PlainValue, isReady: boolean): Endpoint {
  return { address: textOf(objectOf(address)['ip']), isReady };
}

function portOf(port: PlainObject): EndpointPort {
  return { name: someTextOf(port['name']), port: numberOf(port['port']), protocol: protocolOf(port['protocol']) };
}
