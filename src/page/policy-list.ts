import type { Applied } from '../routing/policies.ts';
import { el, list } from './dom.ts';
import type { PlaceOf } from './places.ts';
import { askerElement } from './places.ts';
import { isAskedFor } from './records.ts';
import { valueRows } from './values.ts';
import { nameText } from './words.ts';

/** Policies of one part of the routing, by name. */
export type SomePolicies = Readonly<Record<string, Applied<unknown> | undefined>>;

/** What is asked for, with values and who asked; first what somebody wrote, then defaults. */
export function policyElements(policies: SomePolicies, placeOf: PlaceOf): readonly HTMLElement[] {
  const all = Object.entries(policies).flatMap(([name, applied]) => (applied === undefined ? [] : [{ name, applied }]));
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  const isWritten = ({ applied }: (typeof all)[number]): boolean => isAskedFor(applied.from);
  const sorted = [...all.filter(isWritten), ...all.filter(each => !isWritten(each))];
  return sorted.map(({ name, applied }) => policyElement(name, applied, placeOf));
}

function policyElement(name: string, { asks, from }: Applied<unknown>, placeOf: PlaceOf): HTMLElement {
  const rows = valueRows(asks).flatMap(([key, text]) => [el('dt', { text: key }), el('dd', { text })]);
  return el('article', { class: isAskedFor(from) ? 'policy-item' : 'policy-item by-default' }, [
    el('h4', { text: nameText(name) }),
    rows.length === 0 ? undefined : el('dl', { class: 'values' }, rows),
    list(
      from.map(asker => askerElement(asker, placeOf)),
      { class: 'askers' },
    ),
  ]);
}
