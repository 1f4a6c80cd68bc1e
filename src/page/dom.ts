import { visible } from '../diagnostics/visible.ts';

/** What an element may be given. Texts are shown as they are: nothing of them becomes markup. */
interface Props {
  readonly class?: string;
  readonly text?: string;
  /** Text whose lines stay lines. */
  readonly lines?: string;
  /** Names of our own, values from anywhere. Never `style`, which the policy of the page refuses, or `on…`. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

type Child = Node | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class !== undefined) element.className = props.class;
  if (props.text !== undefined) element.textContent = visible(props.text);
  if (props.lines !== undefined) element.textContent = visibleLines(props.lines);
  for (const [name, value] of Object.entries(props.attributes ?? {})) element.setAttribute(name, visibleLines(value));
  if (props.onClick !== undefined) element.addEventListener('click', props.onClick);
  element.append(...children.filter(child => child !== undefined));
  return element;
}

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  children: readonly Node[] = [],
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A heading and what stands below it; nothing where that is empty. */
export function section(title: string, children: readonly Child[]): HTMLElement | undefined {
  const shown = children.filter(child => child !== undefined);
  if (shown.length === 0) return undefined;
  return el('section', { class: 'part' }, [el('h3', { text: title }), ...shown]);
}

export function list(items: readonly Child[], props: Props = {}): HTMLElement {
  return el(
    'ul',
    props,
    items.flatMap(item => (item === undefined ? [] : [el('li', {}, [item])])),
  );
}
