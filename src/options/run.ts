import type { OptionSpec, Specs, Values } from './option.ts';

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

/**
 * Reads the options of `specs` from the texts of a manifest. What is absent or refused takes its default, as in the
 * controller, unless it must not fail open; refused values are returned, for the caller to report.
 *
 * @param textOf the text of an option by its name, undefined where the manifest has none
 * @param defaults what another source (the ConfigMap, for annotations) gives instead of the default of the spec
 */
export function readValues<S extends Specs>(
  specs: S,
  textOf: (name: string) => string | undefined,
  defaults: Partial<Values<S>> = {},
): ReadValues<S> {
  const values: Record<string, unknown> = {};
  const invalid: InvalidValue[] = [];
  for (const name in specs) {
    const spec: OptionSpec<unknown> | undefined = specs[name];
    if (spec === undefined) continue;
    values[name] = name in defaults ? defaults[name] : spec.default;
    const text = textOf(name);
    if (text === undefined) continue;
    const parsed = spec.type.parse(text);
    if (parsed.ok) {
      values[name] = parsed.value;
      continue;
    }
    const { problem, help, rest } = parsed;
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
