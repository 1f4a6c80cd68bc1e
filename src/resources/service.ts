import type { PlainObject, PlainValue } from '../json/value.ts';
import type { Service, ServicePort } from './model.ts';
import { isGiven, listOf, numberOf, objectOf, someTextOf, textOf } from './plain.ts';
import { protocolOf } from './ports.ts';
import { checkServiceAddresses } from './service-addresses.ts';
import { checkExternalName } from './external-name.ts';
import { checkServicePorts } from './service-ports.ts';
import { unsupportedValue } from './rules/fields.ts';
import type { Identity, Kind, Subject } from './subject.ts';

export const serviceKind: Kind = {
  kind: 'Service',
  scope: 'namespace',
  nameForm: 'service-name',
  versions: { v1: 'service' },
  check,
  normalise,
  salvage,
};

/** Source of the rules: pkg/apis/core/validation, ValidateService. */
function check(subject: Subject): void {
  const spec = objectOf(subject.value['spec']);
  checkServicePorts(subject, spec);
  checkServiceAddresses(subject, spec);
  checkExternalName(subject, spec);
  if (spec['sessionAffinity'] !== 'ClientIP') return;
  const seconds = objectOf(objectOf(spec['sessionAffinityConfig'])['clientIP'])['timeoutSeconds'];
  if (typeof seconds !== 'number' || (seconds > 0 && seconds <= 86_400)) return;
  const message = `${seconds} seconds of session affinity are out of range`;
  const path = ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'];
  subject.complain({ rule: unsupportedValue, message, help: 'write a number from 1 to 86400', path });
}

function normalise(subject: Subject, { document, namespace, name }: Identity): Service {
  const spec = objectOf(subject.value['spec']);
  const clusterIP = someTextOf(spec['clusterIP']) ?? someTextOf(listOf(spec['clusterIPs'])[0]);
  return {
    kind: 'Service',
    document,
    namespace,
    name,
    type: typeOf(spec['type']),
    clusterIP,
    externalName: someTextOf(spec['externalName']),
    ports: listOf(spec['ports']).map(port => portOf(port)),
    hasSelector: hasSelector(spec),
    isRefused: false,
  };
}

/** Left out, it would look like a Service of another place, which may be reached by its name. */
function salvage(subject: Subject, { document, namespace, name }: Identity): Service {
  return {
    kind: 'Service',
    document,
    namespace,
    name,
    type: 'ClusterIP',
    clusterIP: undefined,
    externalName: undefined,
    ports: [],
    hasSelector: hasSelector(objectOf(subject.value['spec'])),
    isRefused: true,
  };
}

function hasSelector(spec: PlainObject): boolean {
  return Object.keys(objectOf(spec['selector'])).length > 0;
}

function typeOf(type: PlainValue | undefined): Service['type'] {
  return type === 'NodePort' || type === 'LoadBalancer' || type === 'ExternalName' ? type : 'ClusterIP';
}

function portOf(value: PlainValue): ServicePort {
  const port = objectOf(value);
  const target = port['targetPort'];
  const nodePort = numberOf(port['nodePort']);
  const isTarget = isGiven(target) && target !== 0 && target !== '';
  return {
    name: someTextOf(port['name']),
    port: numberOf(port['port']),
    targetPort: isTarget ? (typeof target === 'number' ? target : textOf(target)) : undefined,
    // The server takes any number here and refuses it later, by a range that manifests don't tell.
    nodePort: nodePort > 0 && nodePort <= 65_535 ? nodePort : undefined,
    protocol: protocolOf(port['protocol']),
  };
}
