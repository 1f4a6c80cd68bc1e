import type { Specs, Values } from './option.ts';
import type { ValueType } from './value-type.ts';

/** A value that its type refuses. */
export interface InvalidValue {
  readonly name: string;
  readonly text: string;
  readonly problem: string;
  readonly help?: string;
  /** The rest of it counts. */
  readonly isPartly?: true;
}

export interface ReadValues<S extends Specs> {
  readonly values: Values<S>;
  readonly invalid: readonly InvalidValue[];
}

/** Values of options of which nobody has written a text. */
export function defaultValues(
  specs: Specs,
  defaults: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) values[name] = name in defaults ? defaults[name] : spec.default;
  return values;
}

/** The text without the quotes and blanks around it, if that is what was meant. */
function unquotedHelp(text: string, type: ValueType<unknown>): string | undefined {
  const bare = text.replace(/^[\s"'`]+|[\s"'`;]+$/g, '');
  return bare !== '' && bare !== text && type.parse(bare).ok ? `write "${bare}"` : undefined;
}

/**
 * Reads the options of `specs` from the texts of a manifest. What is absent or refused takes its default, as in the
 * controller, unless it must not fail open; refused values are returned, for the caller to report.
 *
 * @param textOf the text of an option by its name, undefined where the manifest has none
 * @param defaults values of all options without a text
 * @param names those that may have a text
 */
export function readValues<S extends Specs>(
  specs: S,
  textOf: (name: string) => string | undefined,
  defaults = defaultValues(specs),
  names: Iterable<string> = Object.keys(specs),
): ReadValues<S> {
  const values = { ...defaults };
  const invalid: InvalidValue[] = [];
  for (const name of names) {
    const spec = specs[name];
    const text = textOf(name);
    if (spec === undefined || text === undefined) continue;
    const parsed = spec.type.parse(text);
    if (parsed.ok) {
      values[name] = parsed.value;
      continue;
    }
    const { problem, help: usual, rest } = parsed;
    const help = unquotedHelp(text, spec.type) ?? usual;
    if (rest !== undefined) values[name] = rest;
    else if ('ifRefused' in spec) values[name] = spec.ifRefused;
    invalid.push({
      name,
      text,
      problem,
      ...(help === undefined ? {} : { help }),
      ...(rest === undefined ? {} : { isPartly: true }),
    });
  }
  return { values: values as Values<S>, invalid };
}
