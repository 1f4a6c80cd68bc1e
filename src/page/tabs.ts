import { el } from './dom.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly panel: HTMLElement;
}

export interface Tabs {
  readonly list: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly select: (id: string) => void;
}

/** Views of which one is shown; arrow keys go from one to the next, as in WAI-ARIA's pattern for tabs. */
export function createTabs(tabs: readonly Tab[], onSelect: (id: string) => void): Tabs {
  const buttons = tabs.map(({ id, title }) =>
    el('button', {
      text: title,
      attributes: { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `view-${id}` },
      onClick: () => select(id),
    }),
  );
  const panels = tabs.map(({ id, panel }) =>
    el('div', { class: 'view', attributes: { role: 'tabpanel', id: `view-${id}`, 'aria-labelledby': `tab-${id}` } }, [
      panel,
    ]),
  );
  const select = (id: string): void => {
    for (const [index, tab] of tabs.entries()) {
      const isChosen = tab.id === id;
      buttons[index]?.setAttribute('aria-selected', String(isChosen));
      buttons[index]?.setAttribute('tabindex', isChosen ? '0' : '-1');
      if (panels[index] !== undefined) panels[index].hidden = !isChosen;
    }
    onSelect(id);
  };
  const list = el('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': 'Views' } }, buttons);
  list.addEventListener('keydown', ({ key }) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const at = buttons.findIndex(button => button === document.activeElement);
    if (step === 0 || at < 0) return;
    const next = (at + step + tabs.length) % tabs.length;
    select(tabs[next]?.id ?? '');
    buttons[next]?.focus();
  });
  return { list, panels, select };
}
