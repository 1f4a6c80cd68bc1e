import { isName } from './names.ts';
import { quote } from './quote.ts';
import { invalidDataKey } from './rules/data.ts';
import { invalidAnnotationKey, invalidLabel } from './rules/metadata.ts';
import type { Complaint } from './subject.ts';

const KEY_FORM = 'use at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and "/"';

export function complainOfAnnotationKey(key: string): Complaint {
  const message = `${quote(key)} is not an annotation key: ${keyReason(key.toLowerCase())}`;
  return { rule: invalidAnnotationKey, message, help: KEY_FORM };
}

export function complainOfLabelKey(key: string): Complaint {
  return { rule: invalidLabel, message: `${quote(key)} is not a qualified name: ${keyReason(key)}`, help: KEY_FORM };
}

function keyReason(key: string): string {
  const [first = '', second, ...more] = key.split('/');
  if (more.length > 0) return 'there may be only one "/" in it';
  const name = second ?? first;
  if (name === '') return second === undefined ? 'it is empty' : 'there is nothing after "/"';
  if (second !== undefined && first === '') return 'there is nothing before "/"';
  if (second !== undefined && first.length > 253) return 'the part before "/" is longer than 253 characters';
  if (second !== undefined && !isName('dns-name', first)) return `${quote(first)} is not a DNS name`;
  return nameReason(name);
}

function nameReason(name: string): string {
  if (name.length > 63) return `its name has ${name.length} characters, more than the limit of 63`;
  const foreign = /[^-A-Za-z0-9_.]/u.exec(name)?.[0];
  if (foreign !== undefined) return `${quote(foreign)} is not allowed in it`;
  return 'it must begin and end with a letter or a digit';
}

export function complainOfLabelValue(value: string): Complaint {
  return {
    rule: invalidLabel,
    message: `${quote(value)} is not a label value: ${nameReason(value)}`,
    help: 'use at most 63 letters, digits, "-", "_" and ".", or an annotation for free text',
  };
}

/** The key is not quoted: in a Secret it may be a part of the content that slipped to the left. */
export function complainOfDataKey(key: string): Complaint {
  const help = 'use letters, digits, "-", "_" and "."';
  return { rule: invalidDataKey, message: `this key cannot be a file name: ${dataKeyReason(key)}`, help };
}

function dataKeyReason(key: string): string {
  if (key === '') return 'it is empty';
  if (key.length > 253) return `it has ${key.length} characters, more than the limit of 253`;
  const foreign = /[^-A-Za-z0-9_.]/u.exec(key)?.[0];
  if (foreign !== undefined) return `${quote(foreign)} is not allowed in it`;
  return key === '.' ? 'it is "."' : 'it begins with ".."';
}
