import { el } from './dom.ts';

/** The panel beside the picture; on a phone it covers the page. */
export interface Panel {
  readonly element: HTMLElement;
  readonly open: (content: PanelContent) => void;
  readonly close: () => void;
}

export interface PanelContent {
  /** What it is that is shown, in a word or two. */
  readonly kind: string;
  readonly title: string;
  readonly parts: readonly (HTMLElement | undefined)[];
}

interface Listeners {
  readonly onClose: () => void;
  /** Whatever had the focus before is no longer there. */
  readonly onFocusLost: () => void;
}

/** As wide as the window. */
const COVERING = '(max-width: 999.98px)';

export function createPanel({ onClose, onFocusLost }: Listeners): Panel {
  const kind = el('p', { class: 'panel-kind' });
  const title = el('h2', { attributes: { id: 'panel-title', tabindex: '-1' } });
  const body = el('div', { class: 'panel-body' });
  let opener: Element | null = null;
  const setInert = (): void => {
    for (const each of othersThan(element)) each.inert = !element.hidden && matchMedia(COVERING).matches;
  };
  const close = (): void => {
    if (element.hidden) return;
    const hadFocus = element.contains(document.activeElement);
    element.hidden = true;
    setInert();
    onClose();
    if (!hadFocus) return;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    else onFocusLost();
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
  matchMedia(COVERING).addEventListener('change', setInert);
  const open = (content: PanelContent): void => {
    if (!element.contains(document.activeElement)) opener = document.activeElement;
    kind.replaceChildren(el('span', { text: content.kind }));
    title.replaceChildren(el('span', { text: content.title }));
    body.replaceChildren(...content.parts.filter(part => part !== undefined));
    element.hidden = false;
    element.scrollTop = 0;
    title.focus({ preventScroll: true });
    setInert();
  };
  return { element, close, open };
}

/** All of the page that an element is no part of. */
function othersThan(element: HTMLElement): readonly HTMLElement[] {
  const { parentElement: parent } = element;
  if (parent === null || element === document.body) return [];
  const children = [...parent.children].filter(child => child instanceof HTMLElement);
  return [...children.filter(child => child !== element), ...othersThan(parent)];
}
