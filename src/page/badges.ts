import type { PageFinding } from '../answers/page-data.ts';
import { el } from './dom.ts';
import { SEVERITY_TEXT, countText, nameText } from './words.ts';

/** More would not fit beside a path. */
const MOST_POLICIES = 3;

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

export function policyBadges(policies: readonly string[], most = MOST_POLICIES): readonly HTMLElement[] {
  const shown = policies.length <= most + 1 ? policies : policies.slice(0, most);
  const rest = policies.length - shown.length;
  return [
    ...shown.map(name => el('span', { class: 'badge policy', text: nameText(name) })),
    ...(rest === 0 ? [] : [el('span', { class: 'badge more', text: `+${rest}` })]),
  ];
}
