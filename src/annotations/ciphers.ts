import { cipherList } from '../options/cipher-list.ts';
import type { OptionSpec } from '../options/option.ts';
import { text } from '../options/value-type.ts';
import type { ValueType } from '../options/value-type.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { droppedForValue, invalidAnnotationValue } from './rules/annotations.ts';

const NAME = 'ssl-ciphers';

/** What the controller lets pass, whether OpenSSL takes it or not. Source: annotations/sslcipher/main.go. */
const passed = text(/^[A-Za-z0-9!:+_@= -]*$/, 'the names of ciphers with : between them, and ! + - _ @ =');
const list: ValueType<string> = { ...passed, name: cipherList.name, schema: cipherList.schema };

/** The ciphers of a host. */
export const ciphers = defineFamily({
  name: 'ciphers',
  options: {},
  annotations: {
    [NAME]: {
      type: list,
      default: '',
      example: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
      summary: 'The ciphers of the host for TLS 1.2 and older, as an OpenSSL list.',
      becomes: 'ssl_ciphers',
    } satisfies OptionSpec<string>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true },
  read(values, { ingress, report }) {
    const text = values[NAME];
    if (text === '') return undefined;
    const parsed = cipherList.parse(text);
    if (parsed.ok) return { list: parsed.value };
    const message = `${NAME}: "${text}" ${parsed.problem}: those of all hosts are used`;
    report({
      rule: invalidAnnotationValue,
      message,
      help: 'write "HIGH:!aNULL:!MD5"',
      at: annotationRef(ingress, NAME),
    });
    return undefined;
  },
  gives: { server: asked => asked },
});
