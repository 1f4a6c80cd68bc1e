import type { Located } from '../diagnostics/located.ts';
import { readable } from '../diagnostics/visible.ts';
import { objectPrefix } from './object-text.ts';
import { SEVERITY_WORDS } from './summary.ts';
import { placeText, templateText } from './pretty.ts';

/** One line for each finding and each related place, in the form of gcc. Ends in a newline unless empty. */
export function compactText(findings: readonly Located[]): string {
  return findings
    .flatMap(found => {
      const line = `${SEVERITY_WORDS[found.severity]}: ${readable(objectPrefix(found) + found.message)} [${found.rule.id} ${found.rule.name}]${templateEnd(found)}`;
      const related = found.related.map(other => withPlace(other.at, `note: ${readable(other.message)}`));
      return [withPlace(found.at, line), ...related];
    })
    .map(line => `${line}\n`)
    .join('');
}

function templateEnd({ at }: Located): string {
  return at?.template === undefined ? '' : ` ${templateText(at.template)}`;
}

function withPlace(at: Located['at'], text: string): string {
  return at === undefined ? `ingress2nginx: ${text}` : `${placeText(at)}: ${text}`;
}
