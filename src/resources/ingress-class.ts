import { annotationsOf } from './metadata.ts';
import type { IngressClass } from './model.ts';
import { objectOf, textOf } from './plain.ts';
import { tooLarge } from './rules/fields.ts';
import type { Identity, Kind, Subject } from './subject.ts';

const MOST_CONTROLLER_BYTES = 250;

export const ingressClassKind: Kind = {
  kind: 'IngressClass',
  scope: 'cluster',
  nameForm: 'dns-name',
  versions: { 'networking.k8s.io/v1': 'ingressClass', 'networking.k8s.io/v1beta1': 'ingressClass' },
  check,
  normalise,
};

function check(subject: Subject): void {
  const controller = textOf(objectOf(subject.value['spec'])['controller']);
  if (Buffer.byteLength(controller) <= MOST_CONTROLLER_BYTES) return;
  const message = `the controller has ${Buffer.byteLength(controller)} bytes, more than the limit of ${MOST_CONTROLLER_BYTES}`;
  subject.complain({ rule: tooLarge, message, path: ['spec', 'controller'] });
}

function normalise(subject: Subject, { document, namespace, name }: Identity): IngressClass {
  return {
    kind: 'IngressClass',
    document,
    namespace,
    name,
    controller: textOf(objectOf(subject.value['spec'])['controller']),
    isDefault: annotationsOf(subject)['ingressclass.kubernetes.io/is-default-class'] === 'true',
  };
}
