import type { PlainValue } from '../json/value.ts';
import { isRecord } from '../json/value.ts';
import type { FieldPath } from '../diagnostics/place.ts';
import { complaintFor } from './complaints.ts';
import { pathTypeFix, portFix } from './ingress-fixes.ts';
import { childOf, objectOf, textOf } from './plain.ts';
import { oneOf, quote, show } from './quote.ts';
import { invalidType, missingField, tooLarge, unknownField, unsupportedValue } from './rules/fields.ts';
import { missingPathType } from './rules/ingress.ts';
import { nonStringAnnotation } from './rules/metadata.ts';
import type { SchemaError } from './schema-errors.ts';
import { fieldNameFix, typeFix, wordFix } from './schema-fixes.ts';
import type { Complaint, Kind, Problem, Subject } from './subject.ts';
import { suggest } from '../diagnostics/suggest.ts';

/** Puts one error of a schema into the user's words; undefined for errors that only say that there is another one. */
export function problemOf(error: SchemaError, subject: Subject, kind: Kind): Problem | undefined {
  const path = pathOf(error.instancePath, subject.value);
  const { params } = error;
  if (params.key !== undefined) {
    const complaint = complaintFor(params.says ?? '', params.key);
    return complaint && { ...complaint, path: [...path, params.key], part: 'key' };
  }
  const value = valueAt(subject.value, path);
  if (error.keyword === 'pattern' && typeof value !== 'string') return undefined;
  if (params.unknown !== undefined) return unknownProblem(error, subject, kind, path);
  if (params.missing !== undefined) {
    const fix = params.missing === 'pathType' ? pathTypeFix(objectOf(valueAt(subject.value, path)), path) : undefined;
    return { ...complainOfMissing(params.missing, path), path, fix };
  }
  if (error.keyword === 'type' && subject.document.kind === 'Secret') {
    return { ...complainOfSecretType(value, typesOf(params.type)), path };
  }
  return { ...complainOf(error, value, path), path, fix: fixOf(error, subject, path) };
}

function fixOf({ keyword, params }: SchemaError, subject: Subject, path: FieldPath): Problem['fix'] {
  if (keyword === 'type' || keyword === 'pattern') {
    const port = subject.document.kind === 'Ingress' ? portFix(valueAt(subject.value, path), path) : undefined;
    return port ?? (keyword === 'type' ? typeFix(subject, path, typesOf(params.type)) : undefined);
  }
  if (keyword !== 'enum') return undefined;
  const allowed = (params.allowedValues ?? []).filter(name => name !== null && name !== '').map(String);
  return wordFix(textOf(valueAt(subject.value, path)), path, allowed);
}

function complainOf(error: SchemaError, value: PlainValue | undefined, path: FieldPath): Complaint {
  const { params } = error;
  const field = String(path.at(-1) ?? '');
  switch (error.keyword) {
    case 'type':
      return complainOfType(value, typesOf(params.type), path);
    case 'enum':
      return complainOfEnum(field, value, params.allowedValues ?? []);
    case 'minItems':
      return { rule: missingField, message: `\`${field}\` is an empty list`, help: 'it takes at least one entry' };
    case 'maxItems':
    case 'maxProperties':
      return {
        rule: tooLarge,
        message: `\`${field}\` has more than ${params.limit} entries, the limit`,
      };
    default:
      if (value === '') return { rule: missingField, message: `${nameOf(path)} is empty` };
      return (
        complaintFor(params.says ?? '', value) ?? {
          rule: unsupportedValue,
          message: `invalid value ${show(value)} in \`${field}\``,
        }
      );
  }
}

const TYPE_NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
};

function typesOf(type: string | readonly string[] | undefined): readonly string[] {
  return (typeof type === 'string' ? [type] : (type ?? [])).filter(name => name !== 'null');
}

function complainOfType(value: PlainValue | undefined, types: readonly string[], path: FieldPath): Complaint {
  const field = path.at(-1);
  if (path[0] === 'metadata' && path[1] === 'annotations' && path.length === 3) {
    const message = `the annotation "${field}" must be text, got ${show(value)}`;
    return { rule: nonStringAnnotation, message, help: quotingHelp(value) };
  }
  const message = `${nameOf(path)} must be ${wordsOf(types)}, got ${show(value)}`;
  return { rule: invalidType, message, help: backendHelp(value, path) ?? typeHelp(value, types) };
}

/** How to write the Service of a backend, or its port, which is a name or a number and has its own field for each. */
function backendHelp(value: PlainValue | undefined, path: FieldPath): string | undefined {
  const field = path.at(-1);
  if (field === 'service' && path.at(-2) === 'backend' && typeof value === 'string')
    return `write \`service: {name: ${value.trim()}, port: {number: 80}}\`, with the port of the Service`;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (text === '') return undefined;
  const isNumber = /^\d+$/.test(text);
  const asWritten = isNumber ? `number: ${text}` : `name: ${text}`;
  if (field === 'port' && path.at(-2) === 'service') return `write \`port: {${asWritten}}\``;
  const isMixedUp = path.at(-2) === 'port' && ((field === 'name' && isNumber) || (field === 'number' && !isNumber));
  return isMixedUp ? `write \`${asWritten}\` instead of \`${field}\`` : undefined;
}

function typeHelp(value: PlainValue | undefined, types: readonly string[]): string | undefined {
  if (value === null) return 'fill it in, or remove it';
  if (types[0] === 'string') return quotingHelp(value);
  if (types.includes('integer') || types.includes('boolean')) {
    if (typeof value === 'string' && /^(\d+|true|false)$/.test(value)) return `write ${value} without quotes`;
    return types.includes('integer') ? 'write a whole number' : 'write true or false';
  }
  if (types[0] === 'array')
    return isRecord(value) ? 'put "- " before each entry' : 'write each entry on a line of its own, after "- "';
  return 'write its fields on lines of their own, indented, as "name: value"';
}

function quotingHelp(value: PlainValue | undefined): string {
  if (typeof value === 'boolean')
    return 'put quotes around what is written there; without them yes, no, on, off, y and n are booleans, too';
  // What is written may be 012 or 1e3: the value is no text to type.
  if (typeof value === 'number') return 'put quotes around what is written there';
  return 'write it as one text, in quotes or after "|"';
}

function complainOfEnum(field: string, value: PlainValue | undefined, allowed: readonly (string | null)[]): Complaint {
  const values = allowed.filter(name => name !== null && name !== '').map(String);
  if (value === '' && field === 'addressType')
    return { rule: missingField, message: '`addressType` is empty', help: `write ${oneOf(values)}` };
  const text = textOf(value);
  const near = values.find(name => name.toLowerCase() === text.toLowerCase()) ?? suggest(text, values);
  const message = `\`${field}\` must be ${oneOf(values)}, got ${show(value)}`;
  return { rule: unsupportedValue, message, help: `write ${near === undefined ? oneOf(values) : quote(near)}` };
}

function complainOfMissing(field: string, path: FieldPath): Complaint {
  if (field === 'pathType') {
    return {
      rule: missingPathType,
      message: 'this path has no `pathType`',
      help: 'add `pathType: Prefix`, or `Exact` or `ImplementationSpecific`',
    };
  }
  return { rule: missingField, message: `${nameOf(path)} has no \`${field}\``, help: `add \`${field}\`` };
}

function unknownProblem(error: SchemaError, subject: Subject, kind: Kind, path: FieldPath): Problem | undefined {
  const field = error.params.unknown ?? '';
  const known = (error.params.known ?? '').split(' ');
  const near = suggest(field, known);
  const advice = kind.explainUnknown?.(subject, path, field);
  if (advice === 'said by check') return undefined;
  const owner = path.length === 0 ? kind.kind : nameOf(path);
  const help =
    advice?.help ?? (near === undefined ? 'remove it, or move it to where it belongs' : `did you mean \`${near}\`?`);
  const place = [...path, field];
  return {
    rule: unknownField,
    message: `${owner} has no field ${quote(field)}`,
    help,
    path: place,
    part: 'key',
    fix: advice === undefined ? fieldNameFix(subject, kind, place, known) : advice.fix,
  };
}

/** The value at a path, as messages call it. */
function nameOf(path: FieldPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the object';
  return typeof last === 'string' ? `\`${last}\`` : `an entry of \`${path.at(-2)}\``;
}

/** Content of a Secret is never shown, not even where it has a wrong type. */
function complainOfSecretType(value: PlainValue | undefined, types: readonly string[]): Complaint {
  const nouns = isRecord(value) ? 'a mapping' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  const noun = typeof value === 'string' ? 'text' : value === null ? 'nothing' : nouns;
  const message = `expected ${wordsOf(types)}, got ${noun}`;
  const isScalar = types[0] === 'string' && typeof value !== 'object';
  return { rule: invalidType, message, help: isScalar ? 'put the value in quotes' : typeHelp(undefined, types) };
}

function wordsOf(types: readonly string[]): string {
  return types.map(type => TYPE_NOUNS[type] ?? type).join(' or ');
}

/** The steps of a JSON pointer; those into a list become numbers. */
function pathOf(pointer: string, root: PlainValue): FieldPath {
  const path: (string | number)[] = [];
  let value: PlainValue | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(value) ? Number(name) : name;
    path.push(key);
    value = childOf(value, key);
  }
  return path;
}

function valueAt(root: PlainValue, path: FieldPath): PlainValue | undefined {
  return path.reduce<PlainValue | undefined>((value, key) => childOf(value, key), root);
}
