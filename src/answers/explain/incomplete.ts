import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Locate } from '../../diagnostics/located.ts';
import { locateAll } from '../../diagnostics/located.ts';
import type { Origin } from '../../diagnostics/place.ts';
import type { Rule } from '../../diagnostics/rule.ts';

/** A part of the input that could not be read: what stands there might change an answer. */
export interface Unread {
  /** Lines and columns from 1; missing where no text is at hand. */
  readonly at?: Pick<Origin, 'file' | 'line' | 'column'>;
  /** The id of the rule that says why. */
  readonly rule: Rule['id'];
  readonly name: string;
  readonly message: string;
}

/** Ids of rules about the input: files, YAML, JSON and the fields of objects. */
const OF_INPUT = /^I2N1/;
const EMPTY_INPUT = 'empty-input';

/** Whether a finding says that a part of the input could not be read. */
export function isUnread({ rule, severity }: Pick<Diagnostic, 'rule' | 'severity'>): boolean {
  const isOfReading = OF_INPUT.test(rule.id) && rule.canBeSuppressed === false && rule.name !== EMPTY_INPUT;
  return isOfReading && severity === 'error';
}

/** What of the input could not be read, by its place. */
export function unreadIn(diagnostics: readonly Diagnostic[], locate: Locate): readonly Unread[] {
  return locateAll(diagnostics.filter(isUnread), locate).map(({ rule: { id: rule, name }, message, at }) => {
    if (at === undefined) return { rule, name, message };
    const { file, line, column } = at;
    return { at: { file, line, column }, rule, name, message };
  });
}
