import type { PageData } from '../answers/page-data.ts';
import { objectText } from '../diagnostics/place.ts';
import { findingBadges } from './badges.ts';
import { el } from './dom.ts';
import type { RouteRecord } from './records.ts';
import { serviceOf } from '../answers/graph.ts';
import { createThemeSwitch } from './theme.ts';
import { countText } from './words.ts';

/** The head of the page: what it is about, and how much of it there is. */
export function createHead({ findings }: PageData, records: readonly RouteRecord[]): HTMLElement {
  const hosts = new Set(records.map(({ trunk }) => trunk.name));
  const owners = new Set(records.flatMap(({ branch }) => branch.owners).map(objectText));
  const services = new Set(records.flatMap(({ branch }) => branch.ends.flatMap(end => serviceOf(end) ?? [])));
  const facts = [
    countText(hosts.size, 'host'),
    countText(records.length, 'path'),
    countText(owners.size, 'Ingress', 'Ingresses'),
    countText(services.size, 'Service'),
  ];
  return el('header', { class: 'page-head' }, [
    el('div', { class: 'brand' }, [
      el('h1', { text: 'Routes' }),
      el('p', { class: 'facts' }, [...facts.map(text => el('span', { text })), ...findingBadges(findings)]),
    ]),
    createThemeSwitch(),
  ]);
}
