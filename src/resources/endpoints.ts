import { endpoints } from '../../generated/validators.js';
import type { FieldPath } from '../diagnostics/place.ts';
import type { PlainValue } from '../manifests/document.ts';
import { complainOfAddress, ipVersion, specialRange } from './addresses.ts';
import { checkLoopback } from './loopback-endpoint.ts';
import type { Endpoint, EndpointGroup, EndpointPort, EndpointSet } from './model.ts';
import { isGiven, listOf, numberOf, objectOf, someTextOf, textOf, type PlainObject } from './plain.ts';
import { checkPortsAreNamed, protocolOf } from './ports.ts';
import { quote } from './quote.ts';
import { invalidAddress, missingField } from './rules.ts';
import type { Identity, Kind, Subject } from './subject.ts';

export const endpointsKind: Kind = {
  kind: 'Endpoints',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: { v1: endpoints },
  check,
  normalise,
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
      subject.complain({ rule: missingField, message, help: 'add `addresses`, or take the subset out', path });
    }
    for (const field of ADDRESS_FIELDS) checkAddresses(subject, subset[field], [...path, field]);
    checkPortsAreNamed(subject, listOf(subset['ports']), [...path, 'ports']);
  }
  checkLoopback(subject, placedAddresses(subject));
}

function isNothing(value: PlainValue | undefined): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

function checkAddresses(subject: Subject, addresses: PlainValue | undefined, path: FieldPath): void {
  for (const [index, value] of listOf(addresses).entries()) {
    const { ip } = objectOf(value);
    if (typeof ip !== 'string') continue;
    const at = [...path, index, 'ip'];
    const range = specialRange(ip);
    if (ipVersion(ip) === 0) subject.complain({ ...complainOfAddress(ip, 'an IP address'), path: at });
    else if (range !== undefined && range !== 'loopback') {
      const message = `${quote(ip)} is a ${range} address, which no endpoint can have`;
      subject.complain({ rule: invalidAddress, message, help: 'write the address of the pod', path: at });
    }
  }
}

function* placedAddresses(subject: Subject): Generator<readonly [string, FieldPath]> {
  for (const [index, subset] of listOf(subject.value['subsets']).entries()) {
    for (const field of ADDRESS_FIELDS) {
      for (const [at, address] of listOf(objectOf(subset)[field]).entries()) {
        yield [textOf(objectOf(address)['ip']), ['subsets', index, field, at, 'ip']];
      }
    }
  }
}

/** Endpoints belong to the Service of their name. */
function normalise(subject: Subject, identity: Identity): EndpointSet {
  const groups = listOf(subject.value['subsets']).map(subset => groupOf(objectOf(subset)));
  return { ...identity, kind: 'EndpointSet', from: 'Endpoints', service: identity.name, groups };
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
