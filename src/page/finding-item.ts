import type { PageFinding } from '../answers/page-data.ts';
import { ruleUrl } from '../report/rule-page.ts';
import { objectText } from '../diagnostics/place.ts';
import { el } from './dom.ts';
import { placeText } from './places.ts';
import { SEVERITY_TEXT } from './words.ts';

/** A finding with its place, the line there, and what to do. */
export function findingItem(found: PageFinding, action?: HTMLElement): HTMLElement {
  const { severity, rule, name, message, help, object, at } = found;
  const excerpt = at?.excerpt?.trim() ?? '';
  const docs = el('a', {
    class: 'rule',
    text: `${rule} ${name}`,
    attributes: { href: ruleUrl({ name }), target: '_blank', rel: 'noreferrer noopener' },
  });
  return el('article', { class: `finding ${severity}` }, [
    el('p', { class: 'finding-head' }, [
      el('span', { class: `badge ${severity}`, text: SEVERITY_TEXT[severity] }),
      docs,
    ]),
    el('p', { class: 'message', text: message }),
    excerpt === '' ? undefined : el('pre', { class: 'excerpt', text: excerpt }),
    help === undefined ? undefined : el('p', { class: 'help', text: `Help: ${help}` }),
    el('p', { class: 'where' }, [
      object === undefined ? undefined : el('span', { text: objectText(object) }),
      at === undefined ? undefined : el('span', { class: 'place', text: placeText(at) }),
      action,
    ]),
  ]);
}
