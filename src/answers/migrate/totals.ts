import type { Moved, MoveTotals, MovingIngress, Target, TargetId, Verdict } from './model.ts';
import { VERDICTS } from './model.ts';

interface Known {
  readonly annotations: readonly Moved[];
  readonly shapes: readonly Moved[];
  readonly targets: readonly Target[];
}

/** How many Ingresses come to which verdict: each counts once, by the worst of what it has. */
export function totalsOf(ingresses: readonly MovingIngress[], { annotations, shapes, targets }: Known): MoveTotals {
  const names = ingresses.map(({ name }) => name);
  const refused = holdersOf(annotations, ({ here }) => here?.verdict === 'refused');
  const differing = holdersOf(annotations, ({ here }) => here?.verdict === 'differs');
  const isDiffering = (name: string): boolean => differing.has(name) && !refused.has(name);
  return {
    ingresses: names.length,
    withAnnotations: ingresses.filter(ingress => ingress.annotations.length > 0).length,
    here: {
      same: names.filter(name => !refused.has(name) && !differing.has(name)).length,
      differs: names.filter(isDiffering).length,
      refused: names.filter(name => refused.has(name)).length,
    },
    there: targets.map(({ id }) => ({ target: id, ...countVerdicts(names, [...annotations, ...shapes], id) })),
  };
}

/** The Ingresses that have something of which this is true. */
function holdersOf(moved: readonly Moved[], test: (each: Moved) => boolean): ReadonlySet<string> {
  return new Set(moved.filter(test).flatMap(each => each.ingresses));
}

function countVerdicts(
  names: readonly string[],
  moved: readonly Moved[],
  id: TargetId,
): Readonly<Record<Verdict, number>> {
  const worst = new Map(names.map(name => [name, 0]));
  for (const { ingresses, there } of moved) {
    const verdict = there.find(({ target }) => target === id)?.verdict;
    const rank = verdict === undefined ? 0 : VERDICTS.indexOf(verdict);
    for (const name of ingresses) worst.set(name, Math.max(worst.get(name) ?? 0, rank));
  }
  const ranks = [...worst.values()];
  const count = (verdict: Verdict): number => ranks.filter(rank => rank === VERDICTS.indexOf(verdict)).length;
  return { same: count('same'), differs: count('differs'), unchecked: count('unchecked'), none: count('none') };
}
