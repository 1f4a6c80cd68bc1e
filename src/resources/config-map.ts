import { base64Fault, decodedBytes, withoutLineEnds } from './base64.ts';
import type { ConfigMap } from './model.ts';
import { objectOf, textMapOf, textOf } from './plain.ts';
import { quote } from './quote.ts';
import { invalidBase64 } from './rules/data.ts';
import { duplicateEntry, tooLarge } from './rules/fields.ts';
import type { Identity, Kind, Subject } from './subject.ts';

const MOST_BYTES = 1024 * 1024;

export const configMapKind: Kind = {
  kind: 'ConfigMap',
  scope: 'namespace',
  nameForm: 'dns-name',
  versions: { v1: 'configMap' },
  check,
  normalise,
  salvage,
};

/** Source of the rules: pkg/apis/core/validation, ValidateConfigMap. */
function check(subject: Subject): void {
  const [data, binaryData] = [objectOf(subject.value['data']), objectOf(subject.value['binaryData'])];
  let bytes = 0;
  for (const [key, value] of Object.entries(data)) {
    bytes += Buffer.byteLength(textOf(value));
    if (!Object.hasOwn(binaryData, key)) continue;
    const message = `the key ${quote(key)} is in \`binaryData\`, too`;
    subject.complain({ rule: duplicateEntry, message, help: 'keep one of them', path: ['data', key], part: 'key' });
  }
  for (const [key, value] of Object.entries(binaryData)) {
    const text = withoutLineEnds(textOf(value));
    const fault = base64Fault(text);
    if (fault === undefined) bytes += decodedBytes(text);
    else {
      const message = `this value under \`binaryData\` is not base64: ${fault}`;
      subject.complain({ rule: invalidBase64, message, help: 'write text under `data`', path: ['binaryData', key] });
    }
  }
  if (bytes <= MOST_BYTES) return;
  subject.complain({
    rule: tooLarge,
    message: `the values have ${bytes} bytes, more than the limit of ${MOST_BYTES}`,
    path: [],
  });
}

function normalise(subject: Subject, { document, namespace, name }: Identity): ConfigMap {
  return { kind: 'ConfigMap', document, namespace, name, data: textMapOf(subject.value['data']) };
}

function salvage(_subject: Subject, identity: Identity): ConfigMap {
  return { kind: 'ConfigMap', ...identity, data: {}, isRefused: true };
}
