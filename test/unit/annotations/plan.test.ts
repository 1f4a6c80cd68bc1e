import { describe, expect, test } from 'vitest';

import { closed } from '../../../src/annotations/closed.ts';
import type { Family } from '../../../src/annotations/family.ts';
import { plannerOf } from '../../../src/annotations/plan.ts';
import { indexCluster } from '../../../src/cluster/cluster.ts';
import type { ControllerConfig } from '../../../src/options/config.ts';
import type { OptionSpec } from '../../../src/options/option.ts';
import { bool, integer } from '../../../src/options/value-type.ts';
import type { Applied, Policies } from '../../../src/routing/policies.ts';
import { FACTS } from '../../support/annotations.ts';
import { fromIngress } from '../../support/routing.ts';
import { ingressOf, linesOf, reported } from '../../support/resources.ts';

const number = (defaultFrom?: string): OptionSpec<unknown> => ({
  type: integer({ min: 0, max: 100 }),
  default: 1,
  example: '2',
  summary: 'A number.',
  becomes: '',
  ...(defaultFrom === undefined ? {} : { defaultFrom }),
});
const flag: OptionSpec<unknown> = { type: bool, default: false, example: 'true', summary: 'A flag.', becomes: '' };

/** A limit with a default of all hosts. */
const limit: Family = {
  name: 'limit',
  annotations: { limit: number('limit') },
  options: { limit: number() },
  read: values => values,
  gives: { http: options => options, location: (asked, { path }) => (path === '/free' ? undefined : asked) },
};
/** On in every Ingress that does not say otherwise. */
const badge: Family = {
  name: 'badge',
  annotations: { 'hide-badge': flag },
  options: { 'show-badge': flag },
  read: values => ('hide-badge' in values && values['hide-badge'] === true ? undefined : BADGE),
  byDefault: options => ('show-badge' in options && options['show-badge'] === true ? BADGE : undefined),
  gives: { location: asked => asked },
};
const BADGE = { text: 'badge' };
/** A guard that cannot be told from a broken one. */
const guard: Family = {
  name: 'guard',
  annotations: { guard: flag },
  options: {},
  read: () => closed('location', 'nobody knows who may enter'),
  gives: { location: asked => asked },
};
const share: Family = {
  name: 'share',
  annotations: { share: number() },
  options: {},
  read: values => values,
  gives: { share: () => ({ rules: [], parts: 1, of: 100, isSticky: true }) },
};
const sticky: Family = {
  name: 'sticky',
  annotations: { sticky: flag },
  options: {},
  read: values => values,
  gives: { upstream: ([claim]) => claim?.asked },
};

const NOTHING: ControllerConfig = { values: { limit: 1, 'show-badge': false }, written: new Map() };
const at = fromIngress('ingress-nginx/options');

function plan(annotations: Readonly<Record<string, string>>, config = NOTHING) {
  const ingress = ingressOf({ annotations });
  const planner = plannerOf([limit, badge, guard, share, sticky]);
  const { result, found } = reported(report => {
    const tables = indexCluster([ingress], report);
    return planner.plan({ ingress, tables, config, report });
  });
  return { ...result, lines: linesOf(found), policies: result.location(FACTS) };
}

describe('an Ingress', () => {
  test('that asks for nothing shares its plan with all such Ingresses', () => {
    const planner = plannerOf([limit, badge]);
    const [first, second] = ['a', 'b'].map(name => {
      const ingress = ingressOf({ name });
      const { result } = reported(report =>
        planner.plan({ ingress, tables: indexCluster([], report), config: NOTHING, report }),
      );
      return result;
    });
    expect(second).toBe(first);
    expect(first?.location(FACTS)).toEqual({});
  });

  test('asks for what its annotations say, which are named', () => {
    expect(plan({ limit: '7' }).policies).toMatchObject({
      limit: { asks: { limit: 7 }, from: [{ by: 'annotation', name: 'limit' }] },
    });
  });

  test('has the default where a value is refused, and that is named', () => {
    const { policies, lines } = plan({ limit: 'x' }, { ...NOTHING, values: { limit: 3 } });
    expect(policies).toEqual({ limit: { asks: { limit: 3 }, from: [{ by: 'default', name: 'limit' }] } });
    expect(lines).toEqual(['invalid-annotation-value: limit: "x" is not a whole number']);
  });

  test('has what an option asks for, which is named', () => {
    const config = { values: { 'show-badge': true }, written: new Map([['show-badge', at]]) };
    expect(plan({}, config).policies).toEqual({
      badge: { asks: BADGE, from: [{ by: 'option', name: 'show-badge', at }] },
    });
    expect(plan({ 'hide-badge': 'true' }, config).policies).toEqual({});
  });

  test('is asked for each location, and has one object for equal answers', () => {
    const { location } = plan({ limit: '7' });
    expect(location({ ...FACTS, path: '/free' })).toEqual({});
    expect(location({ ...FACTS, path: '/b' })).toBe(location({ ...FACTS, path: '/c' }));
  });

  test('is closed by what a family says', () => {
    const { closes, policies } = plan({ guard: 'true', limit: '7' });
    expect(closes).toEqual([{ closes: 'location', reason: 'nobody knows who may enter' }]);
    expect(policies).toHaveProperty('limit');
  });

  test('that takes a share of others is asked for nothing of its own', () => {
    const {
      share: found,
      policies,
      closes,
      upstream,
      lines,
    } = plan({
      share: '1',
      guard: 'true',
      limit: 'x',
      sticky: 'true',
    });
    expect(found).toEqual({ rules: [], parts: 1, of: 100, isSticky: true });
    expect({ policies, closes, lines }).toEqual({ policies: {}, closes: [], lines: [] });
    expect(upstream.map(({ family }) => family.name)).toEqual(['sticky']);
  });
});

test('the options alone give what holds for all hosts', () => {
  const planner = plannerOf([limit]);
  const http = (config: ControllerConfig) =>
    reported(report => planner.http({ config, tables: indexCluster([], report), report, keep: ({ id }) => id })).result;
  expect(http({ values: { limit: 5 }, written: new Map([['limit', at]]) })).toEqual({
    limit: { asks: { limit: 5 }, from: [{ by: 'option', name: 'limit', at }] },
  });
  expect(http(NOTHING)).toMatchObject({ limit: { from: [{ by: 'default', name: 'limit' }] } });
});

test('a Service that takes a share has what the other one gives it, and of the rest what its own Ingress asks for', () => {
  const main = { namespace: 'shop', service: 'web', port: { number: 80 } };
  const rule = { when: { of: 'header', name: 'Cookie', is: { kind: 'text', text: 'x' } }, isTaken: true } as const;
  const giving: Family = {
    ...sticky,
    gives: { ...sticky.gives, shared: (asks, { other }) => ({ asks: { asks, other: other.service }, rules: [rule] }) },
  };
  const from = [{ by: 'default', name: 'sticky' }] as const;
  const sharing = { main, other: { ...main, service: 'next' }, share: { rules: [], parts: 1, of: 2, isSticky: true } };
  const asked: Record<string, Applied<unknown>> & Policies<'upstream'> = {
    sticky: { asks: 1, from },
    limit: { asks: 2, from },
  };
  const balanced: Family = { ...limit, name: 'balanced', gives: { upstream: ([claim]) => claim?.asked } };
  const plans = [balanced, giving].map(family => ({ family, asked: 3, from, closes: [], differs: [] }));
  const own = { ingress: ingressOf({ name: 'next' }), plans };
  expect(plannerOf([limit, giving]).share(asked, sharing, own)).toEqual({
    policies: { sticky: { asks: { asks: 1, other: 'next' }, from }, balanced: { asks: 3, from } },
    rules: [rule],
  });
});

test('what is wrong with an annotation of two families is said once, and both have its default', () => {
  const planner = plannerOf([limit, { ...limit, name: 'again' }]);
  const { result, found } = reported(report => {
    const context = { tables: indexCluster([], report), config: NOTHING, report };
    return planner.plan({ ...context, ingress: ingressOf({ annotations: { limit: 'x' } }) });
  });
  expect(Object.keys(result.location(FACTS))).toEqual(['limit', 'again']);
  expect(linesOf(found)).toEqual(['invalid-annotation-value: limit: "x" is not a whole number']);
});
