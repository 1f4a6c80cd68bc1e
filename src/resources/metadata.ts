import type { PlainObject } from '../json/value.ts';
import { isList } from '../json/value.ts';
import { isName, complainOfName } from './names.ts';
import { isGiven, listOf, objectOf, someTextOf, textMapOf, textOf } from './plain.ts';
import { duplicateEntry, missingField, tooLarge } from './rules/fields.ts';
import { invalidReference, unnamedObject } from './rules/metadata.ts';
import type { Identity, Kind, Subject } from './subject.ts';

/** What the API server takes for all keys and values of the annotations together. */
const ANNOTATION_LIMIT_BYTES = 256 * 1024;

export function metadataOf(object: PlainObject): PlainObject {
  return objectOf(object['metadata']);
}

/** Checks what a schema cannot say of the metadata. */
export function checkMetadata(subject: Subject, kind: Kind): void {
  checkName(subject, kind);
  checkAnnotationSize(subject);
  checkOwners(subject);
}

function checkName(subject: Subject, { kind, nameForm }: Kind): void {
  const metadata = metadataOf(subject.value);
  const prefix = textOf(metadata['generateName']);
  if (prefix !== '' && !isName(nameForm, masked(prefix))) {
    subject.complain({ ...complainOfName(nameForm, prefix), path: ['metadata', 'generateName'] });
  }
  if (isGiven(metadata['name']) && metadata['name'] !== '') return;
  if (prefix !== '') {
    const message = `this ${kind} has no name yet, only the prefix "${prefix}" of one`;
    subject.complain({ rule: unnamedObject, message, help: 'give it a `name`', path: ['metadata', 'generateName'] });
    return;
  }
  const path = 'metadata' in subject.value ? ['metadata'] : [];
  subject.complain({
    rule: missingField,
    message: `this ${kind} has no name`,
    help: 'add `name` to its `metadata`',
    path,
  });
}

/** The API server appends letters to a prefix, so it may end in a dash. Source: apimachinery, maskTrailingDash. */
function masked(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function checkAnnotationSize(subject: Subject): void {
  let characters = 0;
  const annotations = objectOf(metadataOf(subject.value)['annotations']);
  for (const key in annotations) characters += key.length + textOf(annotations[key]).length;
  // A character has at most three bytes, so most objects need no second look.
  if (characters * 3 <= ANNOTATION_LIMIT_BYTES) return;
  const texts = Object.entries(annotations).flatMap(([key, value]) => [key, textOf(value)]);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes <= ANNOTATION_LIMIT_BYTES) return;
  const message = `the annotations have ${bytes} bytes, more than the limit of ${ANNOTATION_LIMIT_BYTES}`;
  subject.complain({
    rule: tooLarge,
    message,
    help: 'keep large texts in a ConfigMap',
    path: ['metadata', 'annotations'],
  });
}

function checkOwners(subject: Subject): void {
  const { ownerReferences, finalizers } = metadataOf(subject.value);
  if (isGiven(ownerReferences)) checkOwnerList(subject, listOf(ownerReferences).map(objectOf));
  if (!isList(finalizers) || !finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return;
  const message = 'the finalizers "orphan" and "foregroundDeletion" cannot be used together';
  subject.complain({ rule: duplicateEntry, message, help: 'keep one of them', path: ['metadata', 'finalizers'] });
}

function checkOwnerList(subject: Subject, owners: readonly PlainObject[]): void {
  for (const [index, owner] of owners.entries()) {
    if (owner['apiVersion'] !== 'v1' || owner['kind'] !== 'Event') continue;
    subject.complain({
      rule: invalidReference,
      message: 'an Event cannot be an owner',
      path: ['metadata', 'ownerReferences', index],
    });
  }
  if (owners.filter(owner => owner['controller'] === true).length > 1) {
    const message = 'more than one owner is marked as the controller';
    subject.complain({
      rule: duplicateEntry,
      message,
      help: 'leave `controller: true` at one of them',
      path: ['metadata', 'ownerReferences'],
    });
  }
}

/** Undefined when the object has no name yet. An object without namespace lies in `default`, as kubectl has it. */
export function identityOf(subject: Subject, kind: Kind): Identity | undefined {
  const metadata = metadataOf(subject.value);
  const name = someTextOf(metadata['name']);
  if (name === undefined) return undefined;
  const namespace = kind.scope === 'cluster' ? '' : (someTextOf(metadata['namespace']) ?? 'default');
  return { document: subject.document.id, namespace, name };
}

/** Of an object without a name, of which all the same something is kept. */
export function namelessIdentity(subject: Subject): Identity {
  const namespace = someTextOf(metadataOf(subject.value)['namespace']) ?? 'default';
  return { document: subject.document.id, namespace, name: '(without a name)' };
}

export function annotationsOf(subject: Subject): Readonly<Record<string, string>> {
  return textMapOf(metadataOf(subject.value)['annotations']);
}

const CONTROLLER_LABEL = /(?:ingress|nginx).*[/.]|^(?:auth|whitelist|allowlist|denylist)[-_]/i;
const NO_LABELS = {};

/** The labels that look like annotations of an ingress controller, if there are any. */
export function controllerLabelsOf({ value }: Subject): { readonly labels?: Readonly<Record<string, string>> } {
  const labels = objectOf(metadataOf(value)['labels']);
  const keys = Object.keys(labels).filter(key => CONTROLLER_LABEL.test(key));
  if (keys.length === 0) return NO_LABELS;
  return { labels: Object.fromEntries(keys.map(key => [key, textOf(labels[key])])) };
}
