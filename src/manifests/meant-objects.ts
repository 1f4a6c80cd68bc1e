import type { SourceText } from '../input/source.ts';
import { isList, isRecord } from '../json/value.ts';
import { mappingsIn } from './mappings.ts';
import type { PlacedMapping } from './mappings.ts';

type Mapping = PlacedMapping['value'];

/** How deep the rules of an Ingress stand if its `spec` was moved into something else. */
const RULE_LEVELS = 3;

/** Whether an object that does not say its kind can hardly be anything but an Ingress. */
export function looksLikeIngress(value: Mapping): boolean {
  const { spec } = value;
  if (isRecord(spec) && ['rules', 'defaultBackend', 'ingressClassName'].some(field => field in spec)) return true;
  return mappingsIn(value, RULE_LEVELS).some(({ value: { rules } }) => {
    return rules !== undefined && isList(rules) && rules.some(rule => isRecord(rule) && isRecord(rule['http']));
  });
}

/** Whether what looks like an object is one: in a repository, values of charts have rules and hosts, too. */
export function isMeantAsObject({ isFromRepository }: SourceText, value: Mapping): boolean {
  return isFromRepository !== true || isRecord(value['metadata']);
}

export function isMeantIngress(source: SourceText, value: Mapping): boolean {
  return looksLikeIngress(value) && isMeantAsObject(source, value);
}
