import { isList, isRecord } from '../../json/value.ts';

/** A value as text, equal for values that are the same whatever the order in which their fields were written. */
export function canonical(value: unknown): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === undefined) return 'null';
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${fields.join(',')}}`;
}

/** A value in a few words: `connect 5, read 60`. */
export function words(value: unknown): string {
  if (isList(value)) return value.length === 0 ? 'none' : value.map(innerWords).join(', ');
  if (!isRecord(value)) return scalar(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return fields.map(([name, each]) => `${nameWords(name)} ${innerWords(each)}`).join(', ');
}

function innerWords(value: unknown): string {
  if (isList(value)) return value.length === 1 ? innerWords(value[0]) : `(${words(value)})`;
  if (isRecord(value)) return `(${words(value)})`;
  return scalar(value);
}

/** `isLogged`, `idleSeconds`: `logged`, `idle seconds`. */
function nameWords(field: string): string {
  return field
    .replace(/^(?:is|has)(?=[A-Z])/, '')
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, letter => ` ${letter}`)
    .toLowerCase();
}

function scalar(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';
}

/** Two values in a few words: of records, the fields in which they differ. */
export function wordsOfPair(before: unknown, after: unknown): readonly [string, string] {
  if (!isRecord(before) || !isRecord(after)) return [words(before), words(after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    name => canonical(before[name]) !== canonical(after[name]),
  );
  const only = (value: Readonly<Record<string, unknown>>): string =>
    names.map(name => `${nameWords(name)} ${innerWords(value[name])}`).join(', ');
  return [only(before), only(after)];
}
