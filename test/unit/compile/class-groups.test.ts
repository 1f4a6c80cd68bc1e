import { describe, expect, test } from 'vitest';

import { groupByClass } from '../../../src/compile/class-groups.ts';
import type { Resource } from '../../../src/resources/model.ts';
import { classOf, ingressOf, serviceOf } from '../../support/resources.ts';
import { SETTINGS } from '../../support/compiled.ts';

const ANNOTATION = 'kubernetes.io/ingress.class';

function grouped(resources: readonly Resource[]) {
  const { groups, needs } = groupByClass(resources, SETTINGS);
  return {
    groups: groups.map(group => [
      group.settings.ingressClass,
      group.resources.flatMap(each => (each.kind === 'Ingress' ? [each.name] : [])),
    ]),
    needs: { withoutClass: needs.withoutClass, byClass: Object.fromEntries(needs.byClass) },
  };
}

const NONE = { withoutClass: 0, byClass: {} };

describe('Ingresses are checked', () => {
  test.each([
    {
      name: 'with the usual class, together',
      resources: [ingressOf({ name: 'a' }), ingressOf({ name: 'b' })],
      groups: [['nginx', ['a', 'b']]],
      needs: NONE,
    },
    {
      name: 'without a class, as if the controller took them',
      resources: [ingressOf({ name: 'a', className: null })],
      groups: [['nginx', ['a']]],
      needs: { withoutClass: 1, byClass: {} },
    },
    {
      name: 'of another class, apart from the usual ones',
      resources: [ingressOf({ name: 'a' }), ingressOf({ name: 'b', className: 'nginx-internal' })],
      groups: [
        ['nginx', ['a']],
        ['nginx-internal', ['b']],
      ],
      needs: { withoutClass: 0, byClass: { 'nginx-internal': 1 } },
    },
    {
      name: 'of two other classes, each by itself, in the order of their names',
      resources: [ingressOf({ name: 'a', className: 'public' }), ingressOf({ name: 'b', className: 'internal' })],
      groups: [
        ['internal', ['b']],
        ['public', ['a']],
      ],
      needs: { withoutClass: 0, byClass: { internal: 1, public: 1 } },
    },
    {
      name: 'of a class of the usual controller, whatever its name is',
      resources: [classOf('public'), ingressOf({ name: 'a', className: 'public' })],
      groups: [['nginx', ['a']]],
      needs: NONE,
    },
    {
      name: 'of a class by annotation',
      resources: [ingressOf({ name: 'a', className: null, annotations: { [ANNOTATION]: 'nginx-public' } })],
      groups: [['nginx-public', ['a']]],
      needs: { withoutClass: 0, byClass: { 'nginx-public': 1 } },
    },
    {
      name: 'with a misspelt class, which is said of them where they are left out',
      resources: [ingressOf({ name: 'a', className: 'ngnix' })],
      groups: [['nginx', ['a']]],
      needs: NONE,
    },
    {
      name: 'of another controller by its class not at all',
      resources: [ingressOf({ name: 'a', className: 'alb' })],
      groups: [['nginx', ['a']]],
      needs: NONE,
    },
    {
      name: 'without a class, but with annotations of another controller, not at all',
      resources: [
        ingressOf({ name: 'a', className: null, annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } }),
      ],
      groups: [['nginx', []]],
      needs: NONE,
    },
    {
      name: 'with annotations of both, as for this one',
      resources: [
        ingressOf({ name: 'a', className: null, annotations: { 'nginx.org/rewrites': 'x', 'proxy-body-size': '8m' } }),
      ],
      groups: [['nginx', ['a']]],
      needs: { withoutClass: 1, byClass: {} },
    },
  ])('$name', ({ resources, groups, needs }) => {
    expect(grouped(resources)).toEqual({ groups, needs });
  });

  test('each group with everything that is no Ingress', () => {
    const service = serviceOf('web');
    const { groups } = groupByClass([service, ingressOf({}), ingressOf({ name: 'b', className: 'other' })], SETTINGS);
    expect(groups.map(({ resources }) => resources.includes(service))).toEqual([true, true]);
  });
});
