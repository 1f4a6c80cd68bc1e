import { isRecord } from './value.ts';

/** The value at the end of the steps, in what a server answered; undefined where one of them leads nowhere. */
export function fieldOf(value: unknown, ...steps: readonly string[]): unknown {
  let found = value;
  for (const step of steps) found = isRecord(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

/** The same where only a text will do; empty for anything else. */
export function textAt(value: unknown, ...steps: readonly string[]): string {
  const found = fieldOf(value, ...steps);
  return typeof found === 'string' ? found : '';
}

/** The same where only a list will do; empty for anything else. */
export function listAt(value: unknown, ...steps: readonly string[]): readonly unknown[] {
  const found = fieldOf(value, ...steps);
  return Array.isArray(found) ? found : [];
}
