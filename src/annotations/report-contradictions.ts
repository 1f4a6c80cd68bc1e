import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Contradiction, Said } from './contradiction.ts';
import { MISSING, OTHER } from './contradiction.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import { isRefused } from './said.ts';

/** A map, since an object also has what all objects have, such as `constructor`. */
const BY_NAME = new Map(Object.entries(CONTRADICTIONS));

/** Annotations of which the same is said. */
interface Found {
  readonly contradiction: Contradiction;
  readonly other: string;
  readonly names: string[];
}

/** What contradicts the annotations of an Ingress, in the order in which they are written: each of them once. */
function contradictionsOf(ingress: Ingress, names: readonly string[], said: Said): readonly Found[] {
  const found: Found[] = [];
  for (const name of names) {
    for (const contradiction of BY_NAME.get(name) ?? []) {
      const other = contradiction.beside(said);
      if (other === undefined || isRefused(name, ingress)) continue;
      const same = found.find(each => each.contradiction === contradiction && each.other === other);
      if (same === undefined) found.push({ contradiction, other, names: [name] });
      else same.names.push(name);
      break;
    }
  }
  return found;
}

function sentence(names: readonly string[], { says }: Contradiction, other: string): string {
  const predicate = names.length === 1 ? says : says.replace(/^has /, 'have ');
  return `${listed(names)}${says.startsWith('"') ? ': ' : ' '}${predicate.replace(OTHER, () => other)}`;
}

/**
 * Says of the annotations of an Ingress which of them has no effect, or not the one that it seems to have, because of
 * another one, or for want of it. What a family can see of its own annotations it says itself.
 *
 * @param names of those that have a text
 */
export function reportContradictions(ingress: Ingress, names: readonly string[], said: Said, report: Report): void {
  for (const { contradiction, other, names: same } of contradictionsOf(ingress, names, said)) {
    const [first = '', ...more] = same;
    const shown = [...more, ...(other === MISSING || other === first ? [] : [other])];
    report({
      rule: contradiction.rule,
      message: sentence(same, contradiction, other),
      help: contradiction.help,
      at: annotationRef(ingress, first),
      related: shown.map(name => ({ message: `${name} is here`, at: annotationRef(ingress, name) })),
    });
  }
}
