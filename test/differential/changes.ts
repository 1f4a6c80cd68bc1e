import type { Chance } from './chance.ts';
import { canaryAnnotations, FEATURES } from './features.ts';
import type { Pods } from './pods.ts';
import { SERVICES } from './services.ts';
import type { MadeIngress, MadeSet, PathRow } from './sets.ts';

type Change = (ingress: MadeIngress, chance: Chance) => MadeIngress;

function withPaths(ingress: MadeIngress, change: (paths: readonly PathRow[]) => readonly PathRow[]): MadeIngress {
  const rules = ingress.rules.map(rule => {
    const paths = change(rule.paths);
    return { ...rule, paths: paths.length === 0 ? rule.paths : paths };
  });
  return { ...ingress, rules };
}

const CHANGES: readonly [Change, ...Change[]] = [
  (ingress, chance) => withPaths(ingress, paths => paths.filter(() => chance.percent(60))),
  (ingress, chance) =>
    withPaths(ingress, paths => [
      ...paths,
      { path: chance.pick(['/foo', '/api/v1', '/new']), pathType: 'Prefix', service: chance.pick(SERVICES), port: 80 },
    ]),
  (ingress, chance) => withPaths(ingress, paths => paths.map(row => ({ ...row, service: chance.pick(SERVICES) }))),
  (ingress, chance) =>
    withPaths(ingress, paths => paths.map(row => ({ ...row, pathType: chance.pick(['Prefix', 'Exact', 'Prefix']) }))),
  (ingress, chance) => {
    const names = Object.entries(ingress.annotations);
    return { ...ingress, annotations: Object.fromEntries(names.filter(() => chance.percent(50))) };
  },
  ingress => ({ ...ingress, hasTls: !ingress.hasTls }),
  ingress => ({ ...ingress, name: `${ingress.name}-renamed` }),
  ingress => ({ ...ingress, rules: ingress.rules.slice(0, 1) }),
];

/** A set that is nearly the same: some of its Ingresses are changed a little, gone, or new. */
export function changedSet(set: MadeSet, chance: Chance, pods: Pods): MadeSet {
  const { domain, number } = set;
  const world = { chance, domain, number, podPort: pods.ports.http };
  const changed = set.ingresses.flatMap(ingress => {
    if (chance.percent(10)) return [];
    if (chance.percent(45)) return [ingress];
    if (chance.percent(25)) {
      const more = chance.some(FEATURES, 1).map(feature => feature(world));
      return [
        { ...ingress, annotations: Object.assign({}, ingress.annotations, ...more) as MadeIngress['annotations'] },
      ];
    }
    return [chance.pick(CHANGES)(ingress, chance)];
  });
  const [first] = set.ingresses;
  if (first === undefined || !chance.percent(10)) return { ...set, ingresses: changed };
  const canary = { ...first, name: 'more', annotations: canaryAnnotations(chance), hasTls: false };
  return { ...set, ingresses: [...changed, canary] };
}
