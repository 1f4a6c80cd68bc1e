import type { Command, Option } from 'commander';
import { InvalidArgumentError } from 'commander';

import { isListOf, isText } from '../json/value.ts';

/** Whether an option may be given several times; its description says so. */
export function isRepeatable({ description }: Option): boolean {
  return /\brepeatable\b/.test(description);
}

/** Why an option does not take a text, as commander would say it; undefined if it does. */
export function problemWith(option: Option, text: string): string | undefined {
  try {
    valueOf(option, [text]);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.message;
    throw error;
  }
}

/** What a command line with these texts would give. Throws an InvalidArgumentError. */
export function valueOf({ parseArg, defaultValue }: Option, texts: readonly string[]): unknown {
  return texts.reduce<unknown>(
    (earlier, text) => (parseArg === undefined ? text : parseArg(text, earlier)),
    defaultValue,
  );
}

/** The option that has been set and decides on this one: itself, or one that cannot be used together with it. */
export function settledBy(command: Command, option: Option): Option | undefined {
  const name = option.attributeName();
  return command.options.find(other => {
    const source = command.getOptionValueSource(other.attributeName());
    if (source === undefined || source === 'default') return false;
    const otherName = other.attributeName();
    return otherName === name || conflictsOf(other).includes(name) || conflictsOf(option).includes(otherName);
  });
}

/** Its types do not say that an option knows them. */
function conflictsOf(option: Option): readonly string[] {
  return 'conflictsWith' in option && isListOf(isText, option.conflictsWith) ? option.conflictsWith : [];
}
