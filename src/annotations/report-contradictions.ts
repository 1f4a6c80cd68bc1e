import type { Report } from '../diagnostics/diagnostic.ts';
import { listed } from '../diagnostics/words.ts';
import type { ControllerConfig } from '../options/config.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationName, annotationRef, annotationText } from './annotation-ref.ts';
import type { Contradiction, Said } from './contradiction.ts';
import { MISSING, OTHER } from './contradiction.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import { isRefused, saidBy } from './said.ts';

/** A map, since an object also has what all objects have, such as `constructor`. */
const BY_NAME = new Map(Object.entries(CONTRADICTIONS));

/** Annotations of which the same is said. */
interface Found {
  readonly contradiction: Contradiction;
  readonly other: string;
  readonly names: string[];
}

/** What contradicts the annotations of an Ingress, in the order in which they are written: each of them once. */
function contradictionsOf(ingress: Ingress, config: ControllerConfig): readonly Found[] {
  const found: Found[] = [];
  let said: Said | undefined;
  for (const key of Object.keys(ingress.annotations)) {
    const name = annotationName(ingress, key) ?? '';
    const known = BY_NAME.get(name);
    if (known === undefined || annotationText(ingress, name) === '') continue;
    said ??= saidBy(ingress, config);
    for (const contradiction of known) {
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
 */
export function reportContradictions(ingress: Ingress, config: ControllerConfig, report: Report): void {
  for (const { contradiction, other, names } of contradictionsOf(ingress, config)) {
    const [first = '', ...more] = names;
    const shown = [...more, ...(other === MISSING || other === first ? [] : [other])];
    report({
      rule: contradiction.rule,
      message: sentence(names, contradiction, other),
      help: contradiction.help,
      at: annotationRef(ingress, first),
      related: shown.map(name => ({ message: `${name} is here`, at: annotationRef(ingress, name) })),
    });
  }
}
