import type { PageFinding } from '../answers/page-data.ts';
import { el } from './dom.ts';
import { findingItem } from './finding-item.ts';
import type { RouteRecord } from './records.ts';
import { countText } from './words.ts';

/** So many are drawn at once. */
const PAGE = 100;

const ORDER = ['error', 'warning', 'info'];

/** All findings, the worst first; those about paths with a way to them. */
export function createFindingsView(
  findings: readonly PageFinding[],
  records: readonly RouteRecord[],
  showPaths: (search: string) => void,
): HTMLElement {
  if (findings.length === 0) {
    return el('div', { class: 'empty' }, [
      el('h2', { text: 'No findings' }),
      el('p', { text: 'Nothing is wrong with the manifests as far as this can be told without a cluster.' }),
    ]);
  }
  const counts = new Map<PageFinding, number>();
  for (const record of records) for (const found of record.findings) counts.set(found, (counts.get(found) ?? 0) + 1);
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const items = el('div', { class: 'finding-list' });
  const more = el('button', { class: 'action', attributes: { type: 'button' }, onClick: () => show() });
  let shown = 0;
  const show = (): void => {
    const next = sorted.slice(shown, shown + PAGE);
    items.append(...next.map(found => findingItem(found, pathsButton(found, counts.get(found) ?? 0, showPaths))));
    shown += next.length;
    const rest = sorted.length - shown;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(PAGE, rest)} more of ${countText(sorted.length, 'finding')}`;
  };
  show();
  return el('div', { class: 'findings' }, [items, more]);
}

function pathsButton(
  { message }: PageFinding,
  count: number,
  showPaths: (search: string) => void,
): HTMLElement | undefined {
  if (count === 0) return undefined;
  const text = `Show ${countText(count, 'path')}`;
  return el('button', { class: 'link', text, attributes: { type: 'button' }, onClick: () => showPaths(message) });
}
