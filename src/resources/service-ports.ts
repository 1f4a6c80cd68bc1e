import type { PlainObject, PlainValue } from '../json/value.ts';
import { isGiven, listOf, numberOf, objectOf } from './plain.ts';
import { checkPortNamesDiffer, checkPortsAreNamed, protocolOf } from './ports.ts';
import { invalidPort } from './rules/addresses.ts';
import { duplicateEntry, forbiddenField, missingField } from './rules/fields.ts';
import { clusterIPs, isHeadless } from './service-addresses.ts';
import type { Subject } from './subject.ts';

/** Kubelets listen there on every node. */
const KUBELET_PORT = 10_250;

const PATH = ['spec', 'ports'];

/** What a schema cannot say of the ports of a Service. */
export function checkServicePorts(subject: Subject, spec: PlainObject): void {
  const ports = listOf(spec['ports']);
  const { type } = spec;
  const isMissing = !isGiven(spec['ports']) || (Array.isArray(spec['ports']) && ports.length === 0);
  if (isMissing && type !== 'ExternalName' && !isHeadless(clusterIPs(spec))) {
    const path = isGiven(spec['ports']) ? ['spec', 'ports'] : isGiven(subject.value['spec']) ? ['spec'] : [];
    subject.complain({
      rule: missingField,
      message: 'this Service has no ports',
      help: 'add `ports`, or `clusterIP: None`',
      path,
    });
  }
  checkPortsAreNamed(subject, ports, PATH);
  checkPortNamesDiffer(subject, { ports, path: PATH, isEmptyAName: false });
  checkEqualPorts(subject, ports);
  if (type === 'LoadBalancer') checkBalancedPorts(subject, ports);
  if (type === undefined || type === null || type === '' || type === 'ClusterIP') checkNoNodePorts(subject, ports);
}

function checkEqualPorts(subject: Subject, ports: readonly PlainValue[]): void {
  if (ports.length < 2) return;
  const seen = new Set<string>();
  for (const [index, value] of ports.entries()) {
    const port = objectOf(value);
    for (const field of ['port', 'nodePort'] as const) {
      const number = port[field];
      if (typeof number !== 'number' || number === 0) continue;
      const key = `${field} ${protocolOf(port['protocol'])} ${number}`;
      if (seen.has(key)) {
        const message = `another port of this Service has the \`${field}\` ${number} and the protocol ${protocolOf(port['protocol'])}`;
        const path = ['spec', 'ports', index, ...(field === 'port' ? [] : [field])];
        subject.complain({ rule: duplicateEntry, message, help: 'remove one of them', path });
      }
      seen.add(key);
    }
  }
}

function checkBalancedPorts(subject: Subject, ports: readonly PlainValue[]): void {
  for (const [index, value] of ports.entries()) {
    if (numberOf(objectOf(value)['port']) !== KUBELET_PORT) continue;
    const message = `a Service of type LoadBalancer may not have the port ${KUBELET_PORT}, which the kubelet uses`;
    subject.complain({ rule: invalidPort, message, help: 'use another port', path: ['spec', 'ports', index] });
  }
}

function checkNoNodePorts(subject: Subject, ports: readonly PlainValue[]): void {
  for (const [index, value] of ports.entries()) {
    if (numberOf(objectOf(value)['nodePort']) === 0) continue;
    const message = 'a Service of type ClusterIP may not have a `nodePort`';
    const path = ['spec', 'ports', index, 'nodePort'];
    subject.complain({ rule: forbiddenField, message, help: 'remove it, or write `type: NodePort`', path });
  }
}
