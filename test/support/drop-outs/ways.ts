import { OF_CONTENT } from './of-content.ts';
import { OF_SCHEMA } from './of-schema.ts';
import { OF_TEXT } from './of-text.ts';
import type { Way } from './way.ts';

export const WAYS: readonly Way[] = [...OF_SCHEMA, ...OF_CONTENT, ...OF_TEXT];

const NOT_READ = 'the text is no object, so that nobody can say what it asked for';
const OF_OTHERS = 'no Ingress has it; what names the object is closed or answers 503 itself';
const OF_FILES = 'nothing is written, or it is about files that are written';

/** Errors by which no Ingress drops out of an input that is read, and why. */
export const NO_WAY: Readonly<Record<string, string>> = {
  'too-few-connections': 'is about an option, with which nginx does not start',
  'unserved-api-version': 'is about a cluster that a flag of lint names',
  'kubectl-message': 'nothing is known of the objects that kubectl could not get',
  'unreadable-file': NOT_READ,
  'binary-file': NOT_READ,
  'not-utf8': NOT_READ,
  'file-too-large': NOT_READ,
  'broken-json': NOT_READ,
  'helm-chart': NOT_READ,
  'not-an-object': NOT_READ,
  'excessive-aliases': NOT_READ,
  'recursive-alias': NOT_READ,
  'nesting-too-deep': NOT_READ,
  'more-problems': NOT_READ,
  'items-not-a-list': NOT_READ,
  'empty-ingress': 'it asks for nothing; rules in another place are what is said then',
  'empty-input': OF_FILES,
  'output-in-the-way': OF_FILES,
  'invalid-address': OF_OTHERS,
  'loopback-external-name': OF_OTHERS,
  'metadata-address': OF_OTHERS,
  'link-local-address': OF_OTHERS,
  'encrypted-secret': OF_OTHERS,
  'invalid-data-key': OF_OTHERS,
  'incomplete-secret': OF_OTHERS,
  'forbidden-field': OF_OTHERS,
  'option-snippet-not-allowed': OF_OTHERS,
  'snippet-outside-language': 'a flag must allow snippets; it closes what one closes that nobody allowed',
  'annotation-above-risk': 'a ConfigMap must say so; it drops out as for a text that only an attack has',
  'blocked-word': 'a ConfigMap must say so; it drops out as for a text that only an attack has',
  'duplicate-location': 'a flag must allow snippets; it closes what one closes that nobody allowed',
  'forbidden-snippet': 'a flag must allow snippets; it closes what one closes that nobody allowed',
  'missing-guard-module': 'a flag must allow rules; it closes what they close that nobody allowed',
  'invalid-guard-option': OF_OTHERS,
  'refused-header': 'it is about headers of all hosts, and no Ingress drops out for it',
  'auth-through-proxy-protocol': 'the locations of its Ingress ask nobody and answer 500, whatever else it has',
  'nginx-refuses': 'it ends the run; with isolate the Ingress behind it is taken out, which is a way',
  'isolated-ingress': 'it is what is said of an Ingress that nginx refuses',
};
