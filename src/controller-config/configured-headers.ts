import type { OptionsContext } from '../annotations/family.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ValueType } from '../options/value-type.ts';
import { text } from '../options/value-type.ts';
import type { ConfigMap } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import type { HeaderText } from '../routing/header-text.ts';
import { readHeaderValue } from '../routing/header-text.ts';
import { missingHeaders, refusedHeader } from './rules/headers.ts';

/** The name of a ConfigMap; empty for none. */
export const configMapName: ValueType<string> = {
  ...text(/^(?:[-.a-z0-9]+\/[-.a-z0-9]+)?$/, '`namespace/name` of a ConfigMap'),
  name: '`namespace/name` of a ConfigMap',
  parse(value) {
    if (/^(?:[-.a-z0-9]{1,253}\/[-.a-z0-9]{1,253})?$/.test(value)) return { ok: true, value };
    return { ok: false, problem: 'is not `namespace/name` of a ConfigMap', help: 'write "namespace/name"' };
  },
};

/** A header that cannot be sent as it is written. */
export interface Refused {
  readonly name: string;
  readonly refused: true;
}

/** What an option says of a header by itself: undefined where there is nothing wrong. */
type ProblemOfName = (name: string) => { readonly problem: string; readonly help: string } | undefined;

/**
 * The headers of the ConfigMap that an option names, sorted. One that cannot be sent is reported. In the controller nginx
 * would not load such a configuration.
 */
export function configuredHeaders(
  option: string,
  name: string,
  { tables, written, report }: OptionsContext,
  problemOfName: ProblemOfName,
): readonly (HeaderText | Refused)[] {
  if (name === '') return [];
  const configMap = tables.configMaps.get(name);
  if (configMap !== undefined) return headersOf(option, configMap, report, problemOfName);
  const at = written(option);
  report({
    rule: missingHeaders,
    message: `${option}: the ConfigMap ${name} is not in the input`,
    help: 'add the ConfigMap to the input',
    lacks: { kind: 'ConfigMap', key: name },
    ...(at === undefined ? {} : { at }),
  });
  return [];
}

function headersOf(
  option: string,
  configMap: ConfigMap,
  report: OptionsContext['report'],
  problemOfName: ProblemOfName,
): readonly (HeaderText | Refused)[] {
  const entries = Object.entries(configMap.data).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const byName = new Map<string, HeaderText | Refused>();
  for (const [name, value] of entries) {
    const wrongName = problemOfName(name);
    const read = wrongName === undefined ? readHeaderValue(value) : { ok: false as const, ...wrongName };
    if (!read.ok) {
      const at = keyOf(refOf(configMap, 'data', name));
      report({ rule: refusedHeader, message: `${option}: ${name} ${read.problem}`, help: read.help, at });
    }
    byName.set(name.toLowerCase(), read.ok ? { name, value: read.value } : { name, refused: true });
  }
  return [...byName.values()];
}
