import { WEAK_OPTIONS } from '../controller-config/weak-options.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';

/**
 * Says which options open more than it looks.
 *
 * @param names of those that are written, and good in themselves
 */
export function reportWeakOptions(
  names: readonly string[],
  data: Readonly<Record<string, string>>,
  placeOf: (name: string) => FieldRef,
  report: Report,
): void {
  const textOf = (name: string): string => data[name] ?? '';
  for (const name of names) {
    const weakness = textOf(name) === '' ? undefined : WEAK_OPTIONS.get(name)?.(textOf(name), textOf);
    if (weakness === undefined) continue;
    const { rule, severity, says, help } = weakness;
    const message = `${name}${says.startsWith('"') ? ':' : ''} ${says}`;
    report({ rule, message, help, at: placeOf(name), ...(severity === undefined ? {} : { severity }) });
  }
}
