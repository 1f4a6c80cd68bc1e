import { el } from './dom.ts';

const CHOICES = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

const KEY = 'ingress2nginx-theme';

/** Colours as the system has them, or those that somebody chooses, which the browser keeps where it may. */
export function createThemeSwitch(): HTMLElement {
  const options = CHOICES.map(([value, text]) => el('option', { text, attributes: { value } }));
  const select = el('select', { attributes: { id: 'theme' } }, options);
  select.value = kept();
  apply(select.value);
  select.addEventListener('input', () => {
    apply(select.value);
    keep(select.value);
  });
  return el('div', { class: 'theme' }, [el('label', { text: 'Colours', attributes: { for: 'theme' } }), select]);
}

function apply(theme: string): void {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

/** Browsers may refuse storage to files. */
function kept(): string {
  try {
    const theme = localStorage.getItem(KEY);
    return CHOICES.some(([value]) => value === theme) && theme !== null ? theme : 'auto';
  } catch {
    return 'auto';
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return; // it holds for this visit
  }
}
