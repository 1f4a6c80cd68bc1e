import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/severities.ts';
import { emptyInput, noManifests } from '../input/rules/empty-input.ts';
import type { Unit } from '../resources/unit.ts';

/**
 * Says it when files hold no object at all, not even an empty list: whatever was served before stays.
 *
 * @param earlier what was found before, and is no unit's
 */
export function emptinessOf(units: readonly Unit[], earlier: readonly Diagnostic[]): readonly Finding[] {
  // What could not be read has been said, and is why nothing is there.
  const isExplained = units.length === 0 && earlier.some(isError);
  if (isExplained || !units.every(unit => unit.isBlank)) return [];
  const found = [...earlier, ...units.flatMap(unit => unit.diagnostics)];
  const folder = found.find(({ rule }) => rule === noManifests);
  if (folder === undefined) {
    const help = 'check the command before the pipe for errors, and the paths';
    return [{ rule: emptyInput, message: 'the input is empty', help }];
  }
  const { message, at } = folder;
  const help = 'check the path, and whether what should have written the files did run';
  return [{ rule: emptyInput, message: `the input is empty: ${message}`, help, ...(at === undefined ? {} : { at }) }];
}

/** That a folder holds nothing is said with the input that is empty because of it. */
export function causesOf(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const isEmpty = found.some(({ rule }) => rule === emptyInput);
  return isEmpty ? found.filter(({ rule }) => rule !== noManifests) : found;
}
