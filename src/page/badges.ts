import type { PageFinding } from '../answers/page-data.ts';
import { el } from './dom.ts';
import { SEVERITY_TEXT, countText, nameText } from './words.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** How many findings of each severity there are, the worst first. */
export function findingBadges(findings: readonly PageFinding[]): readonly HTMLElement[] {
  return SEVERITIES.flatMap(severity => {
    const count = findings.filter(found => found.severity === severity).length;
    return count === 0
      ? []
      : [el('span', { class: `badge ${severity}`, text: countText(count, SEVERITY_TEXT[severity]) })];
  });
}

/** Pixels of a letter, about, and of what is around the letters of a badge. */
const LETTER = 6.6;
const AROUND = 19;

/** Findings and policies in one line of so many pixels; what has no room is counted. */
export function badgeLine(
  { findings, policies }: { readonly findings: readonly PageFinding[]; readonly policies: readonly string[] },
  room: number,
): HTMLElement {
  const first = findingBadges(findings);
  let left = first.reduce((rest, badge) => rest - widthOf(badge.textContent), room);
  const texts = policies.map(nameText);
  const shown = texts.filter((text, index) => {
    const isLast = index === texts.length - 1;
    left -= widthOf(text);
    return left >= (isLast ? 0 : widthOf('+9'));
  });
  const rest = texts.length - shown.length;
  return el('span', { class: 'badges' }, [
    ...first,
    ...shown.map(text => el('span', { class: 'badge policy', text })),
    rest === 0 ? undefined : el('span', { class: 'badge more', text: `+${rest}` }),
  ]);
}

function widthOf(text: string): number {
  return text.length * LETTER + AROUND;
}
