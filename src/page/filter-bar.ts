import { el } from './dom.ts';
import { choicesOf } from './filter.ts';
import type { Wanted } from './filter.ts';
import type { RouteRecord } from './records.ts';
import { TLS_TEXT } from './records.ts';
import { countText, nameText } from './words.ts';

export interface FilterBar {
  readonly element: HTMLElement;
  readonly wanted: () => Wanted;
  /** Says how many paths are shown. */
  readonly tell: (shown: number) => void;
  /** Looks for this text, and for nothing else. */
  readonly lookFor: (search: string) => void;
}

const ANSWER_TEXT: ReadonlyMap<string, string> = new Map([
  ['backend', 'a backend'],
  ['redirect', 'a redirect'],
  ['closed', 'nobody: connection closed'],
]);

/** Below this the choices are folded away, so that the first paths are seen. */
const NARROW = '(max-width: 999.98px)';

export function createFilterBar(records: readonly RouteRecord[], onChange: () => void): FilterBar {
  const { search, findings, choosers, choices } = controlsOf(records);
  const count = el('p', { class: 'count', attributes: { role: 'status' } });
  const lookFor = (text: string): void => {
    search.value = text;
    for (const { select } of Object.values(choosers)) select.value = '';
    findings.checked = false;
    onChange();
  };
  const clear = el('button', {
    class: 'action quiet',
    text: 'Clear',
    attributes: { type: 'button' },
    onClick: () => lookFor(''),
  });
  const element = el(
    'form',
    { class: 'filters', attributes: { role: 'search', 'aria-label': 'Search and filter routes' } },
    [
      el('div', { class: 'field wide' }, [el('label', { text: 'Search', attributes: { for: 'search' } }), search]),
      choices,
      el('div', { class: 'field result' }, [count, clear]),
    ],
  );
  element.addEventListener('input', onChange);
  element.addEventListener('submit', event => event.preventDefault());
  const wanted = (): Wanted => ({
    search: search.value,
    namespace: choosers.namespace.select.value,
    policy: choosers.policy.select.value,
    tls: choosers.tls.select.value,
    answer: choosers.answer.select.value,
    onlyWithFindings: findings.checked,
  });
  const tell = (shown: number): void => {
    const all = countText(records.length, 'path');
    count.textContent = shown === records.length ? all : `${shown.toLocaleString('en')} of ${all}`;
    clear.hidden = Object.values(wanted()).every(value => value === '' || value === false);
  };
  return { element, wanted, tell, lookFor };
}

function controlsOf(records: readonly RouteRecord[]) {
  const attributes = { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' };
  const placeholder = 'host, path, Service, address, policy, finding …';
  const search = el('input', { attributes: { ...attributes, placeholder } });
  const tlsText = new Map<string, string>(Object.entries(TLS_TEXT));
  const ofRecords = (valuesOf: (record: RouteRecord) => readonly string[]) => choicesOf(records, valuesOf);
  const choosers = {
    namespace: chooser(
      'Namespace',
      ofRecords(record => record.namespaces),
      text => text,
    ),
    policy: chooser(
      'Policy',
      ofRecords(record => record.policies),
      nameText,
    ),
    tls: chooser(
      'TLS',
      ofRecords(record => [record.tls]),
      text => tlsText.get(text) ?? text,
    ),
    answer: chooser(
      'Answer',
      ofRecords(record => record.answers),
      text => ANSWER_TEXT.get(text) ?? `nginx: ${text}`,
    ),
  };
  const findings = el('input', { attributes: { type: 'checkbox', id: 'only-findings' } });
  const check = el('div', { class: 'field check' }, [
    findings,
    el('label', { text: 'only with findings', attributes: { for: 'only-findings' } }),
  ]);
  const fields = [...Object.values(choosers).map(({ field }) => field), check];
  const choices = el('details', { class: 'choices' }, [
    el('summary', { text: 'Filters' }),
    el('div', { class: 'choice-list' }, fields),
  ]);
  choices.open = !matchMedia(NARROW).matches;
  matchMedia(NARROW).addEventListener('change', ({ matches }) => (choices.open = !matches));
  return { search, findings, choosers, choices };
}

function chooser(
  label: string,
  choices: readonly (readonly [value: string, count: number])[],
  textOf: (value: string) => string,
) {
  const id = `filter-${label.toLowerCase()}`;
  const options = choices.map(([value, count]) =>
    el('option', { text: `${textOf(value)} (${count.toLocaleString('en')})`, attributes: { value } }),
  );
  const select = el('select', { attributes: { id } }, [
    el('option', { text: 'all', attributes: { value: '' } }),
    ...options,
  ]);
  const field = el('div', { class: 'field' }, [el('label', { text: label, attributes: { for: id } }), select]);
  return { field, select };
}
