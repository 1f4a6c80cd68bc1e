import { el } from './dom.ts';

/** The panel beside the picture; on a phone it covers the page. */
export interface Panel {
  readonly element: HTMLElement;
  readonly open: (content: {
    readonly kind: string;
    readonly title: string;
    readonly parts: readonly (HTMLElement | undefined)[];
  }) => void;
  readonly close: () => void;
}

export function createPanel(onClose: () => void): Panel {
  const kind = el('p', { class: 'panel-kind' });
  const title = el('h2', { attributes: { id: 'panel-title', tabindex: '-1' } });
  const body = el('div', { class: 'panel-body' });
  const close = (): void => {
    if (element.hidden) return;
    element.hidden = true;
    onClose();
  };
  const button = el('button', {
    class: 'close',
    text: '×',
    attributes: { type: 'button', 'aria-label': 'Close details' },
    onClick: close,
  });
  const head = el('div', { class: 'panel-head' }, [el('div', {}, [kind, title]), button]);
  const element = el('aside', { class: 'panel', attributes: { 'aria-labelledby': 'panel-title' } }, [head, body]);
  element.hidden = true;
  element.addEventListener('keydown', event => {
    if (event.key === 'Escape') close();
  });
  return {
    element,
    close,
    open(content) {
      kind.replaceChildren(content.kind);
      title.replaceChildren(el('span', { text: content.title }));
      body.replaceChildren(...content.parts.filter(part => part !== undefined));
      element.hidden = false;
      element.scrollTop = 0;
      title.focus({ preventScroll: true });
    },
  };
}
