import type { PlainObject } from '../json/value.ts';
import { isRecord, parseJson } from '../json/value.ts';
import { base64Fault, decodedBytes, withoutLineEnds } from './base64.ts';
import { annotationsOf } from './metadata.ts';
import type { Secret } from './model.ts';
import { isGiven, objectOf, someTextOf, textMapOf } from './plain.ts';
import { incompleteSecret, invalidBase64 } from './rules/data.ts';
import { tooLarge } from './rules/fields.ts';
import type { Identity, Kind, Subject } from './subject.ts';
import { encryptedSecret } from './rules/data.ts';

const MOST_BYTES = 1024 * 1024;

export const secretKind: Kind = {
  kind: 'Secret',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: { v1: 'secret' },
  check,
  explainUnknown: (_, path, field) => (path.length === 0 && field === 'sops' ? 'said by check' : undefined),
  normalise,
  salvage: (subject, identity) => ({ ...normalise(subject, identity), data: {}, plainKeys: [], isRefused: true }),
};

/** Source of the rules: pkg/apis/core/validation, ValidateSecret. No message shows any content. */
function check(subject: Subject): void {
  const { data, stringData } = subject.value;
  if (isGiven(subject.value['sops'])) {
    const help = 'decrypt it first: sops --decrypt FILE | ingress2nginx render -';
    subject.complain({
      rule: encryptedSecret,
      message: 'this Secret is encrypted with SOPS',
      help,
      path: ['sops'],
      part: 'key',
    });
    return;
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(objectOf(data))) {
    if (typeof value !== 'string') continue;
    const text = withoutLineEnds(value);
    const fault = base64Fault(text);
    if (fault !== undefined) {
      const message = `this value under \`data\` is not base64: ${fault}`;
      const help = 'write plain text under `stringData`, or encode it with `base64 -w0`';
      subject.complain({ rule: invalidBase64, message, help, path: ['data', key] });
    } else if (!Object.hasOwn(objectOf(stringData), key)) bytes += decodedBytes(text);
  }
  for (const value of Object.values(objectOf(stringData)))
    bytes += typeof value === 'string' ? Buffer.byteLength(value) : 0;
  if (bytes > MOST_BYTES) {
    const message = `the values have ${bytes} bytes, more than the limit of ${MOST_BYTES}`;
    subject.complain({ rule: tooLarge, message, path: [isGiven(data) ? 'data' : 'stringData'] });
  }
  checkType(subject);
}

/** Keys that a type demands: of `all` every one, of `any` at least one. */
const DEMANDS: Readonly<Record<string, { readonly all?: readonly string[]; readonly any?: readonly string[] }>> = {
  'kubernetes.io/tls': { all: ['tls.crt', 'tls.key'] },
  'kubernetes.io/basic-auth': { any: ['username', 'password'] },
  'kubernetes.io/ssh-auth': { all: ['ssh-privatekey'] },
  'kubernetes.io/dockercfg': { all: ['.dockercfg'] },
  'kubernetes.io/dockerconfigjson': { all: ['.dockerconfigjson'] },
};

function checkType(subject: Subject): void {
  const type = someTextOf(subject.value['type']) ?? 'Opaque';
  if (type === 'kubernetes.io/service-account-token') checkAccountToken(subject);
  const demand = Object.hasOwn(DEMANDS, type) ? DEMANDS[type] : undefined;
  if (demand === undefined) return;
  const [data, stringData] = [objectOf(subject.value['data']), objectOf(subject.value['stringData'])];
  const has = (key: string): boolean => {
    if (!Object.hasOwn(data, key) && !Object.hasOwn(stringData, key)) return false;
    return key !== 'ssh-privatekey' || valuesOf(subject.value)[key] !== '';
  };
  const path = isGiven(subject.value['data']) ? ['data'] : isGiven(subject.value['stringData']) ? ['stringData'] : [];
  for (const key of demand.all ?? []) {
    if (has(key)) continue;
    const message = `a Secret of type "${type}" needs the key "${key}"`;
    subject.complain({ rule: incompleteSecret, message, help: 'add it, or write `type: Opaque`', path });
  }
  if (demand.any !== undefined && !demand.any.some(has)) {
    const message = `a Secret of type "${type}" needs the key "${demand.any.join('" or "')}"`;
    subject.complain({ rule: incompleteSecret, message, help: 'add it, or write `type: Opaque`', path });
  }
  for (const key of ['.dockercfg', '.dockerconfigjson']) {
    if (demand.all?.includes(key) === true && has(key) && !isJsonObject(valuesOf(subject.value)[key] ?? '')) {
      const path = [Object.hasOwn(stringData, key) ? 'stringData' : 'data', key];
      subject.complain({ rule: incompleteSecret, message: `the value of "${key}" is not a JSON object`, path });
    }
  }
}

function checkAccountToken(subject: Subject): void {
  const name = 'kubernetes.io/service-account.name';
  if ((annotationsOf(subject)[name] ?? '') !== '') return;
  const message = `a Secret of a service account needs the annotation "${name}"`;
  const path = isGiven(objectOf(subject.value['metadata'])['annotations']) ? ['metadata', 'annotations'] : ['metadata'];
  subject.complain({ rule: incompleteSecret, message, help: 'add it, with the name of the account', path });
}

/** Null is one, too: it decodes to an empty map. */
function isJsonObject(base64: string): boolean {
  const value = parseJson(Buffer.from(base64, 'base64').toString('utf8'));
  return value === null || isRecord(value);
}

/** All values in base64; `stringData` wins over `data`. */
function valuesOf(value: PlainObject): Readonly<Record<string, string>> {
  const encoded = Object.entries(textMapOf(value['data'])).map(([key, text]) => [key, withoutLineEnds(text)]);
  const plain = Object.entries(textMapOf(value['stringData'])).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ]);
  return Object.fromEntries([...encoded, ...plain]);
}

function normalise(subject: Subject, { document, namespace, name }: Identity): Secret {
  const type = someTextOf(subject.value['type']) ?? 'Opaque';
  return {
    kind: 'Secret',
    document,
    namespace,
    name,
    type,
    data: valuesOf(subject.value),
    plainKeys: Object.keys(objectOf(subject.value['stringData'])),
  };
}
