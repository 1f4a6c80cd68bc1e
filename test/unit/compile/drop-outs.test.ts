import { describe, expect, test } from 'vitest';

import { compile } from '../../../src/compile/compile.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { rules } from '../../../src/lint/rules.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { refuseIngress } from '../../../src/resources/refused-ingress.ts';
import { validateObjects } from '../../../src/resources/validate.ts';
import type { Routing } from '../../../src/routing/model.ts';
import { locationFor } from '../../support/answering.ts';
import { SHAPES } from '../../support/drop-outs/shapes.ts';
import type { Shape } from '../../support/drop-outs/shapes.ts';
import type { Way } from '../../support/drop-outs/way.ts';
import { NO_WAY, WAYS } from '../../support/drop-outs/ways.ts';
import { yamlOf } from '../../support/manifests.ts';
import type { Manifest } from '../../support/manifests.ts';
import { settingsOf } from '../../support/resources.ts';

interface Run {
  readonly routing: Routing;
  readonly found: readonly Diagnostic[];
}

function run(manifests: readonly Manifest[], edit = (text: string): string => text, isRefused = false): Run {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text: edit(yamlOf(manifests)) }], report);
  const resources = validateObjects(objects, report).map(resource =>
    isRefused && resource.kind === 'Ingress' && resource.name === 'guarded' ? refuseIngress(resource) : resource,
  );
  const { routing } = compile(resources, settingsOf({ backendAddress: 'dns' }), report);
  return { routing, found: diagnostics };
}

/** The requests that the guarded Ingress serves as long as nothing is wrong with it. */
function guardedRequests(shape: Shape): readonly (readonly [host: string, path: string])[] {
  const { routing } = run([...shape.others, shape.guarded]);
  return shape.requests.filter(([host, path]) => {
    const location = locationFor(routing, host, path);
    return location?.from[0]?.resource.name === 'guarded' && location.policies.basicAuth !== undefined;
  });
}

function reachable(routing: Routing, requests: readonly (readonly [host: string, path: string])[]): readonly string[] {
  return requests
    .filter(([host, path]) => {
      const location = locationFor(routing, host, path);
      return location?.target.kind === 'proxy' && location.policies.basicAuth === undefined;
    })
    .map(([host, path]) => host + path);
}

const cases = SHAPES.flatMap(shape => WAYS.filter(way => way.fits?.(shape) ?? true).map(way => ({ shape, way })));

describe('what an Ingress has that drops out stays closed', () => {
  test.each(SHAPES)('and without a mistake it is behind its password: $name', shape => {
    expect(guardedRequests(shape).length).toBeGreaterThan(0);
  });

  test.each(cases.map(each => ({ ...each, name: `${each.way.name}, ${each.shape.name}` })))(
    '$name',
    ({ shape, way }) => {
      const { routing, found } = run([...shape.others, ...way.change(shape.guarded)], way.edit, way.isRefusedByNginx);
      const expected = way.rule === undefined ? [] : [way.rule];
      expect(found.map(({ rule }) => rule.name)).toEqual(expect.arrayContaining(expected));
      expect(reachable(routing, guardedRequests(shape))).toEqual([]);
    },
  );

  test.each(SHAPES)('and others keep what is theirs: $name', shape => {
    const [broken] = WAYS;
    const before = run([...shape.others]).routing;
    const after = run([...shape.others, ...(broken?.change(shape.guarded) ?? [])]).routing;
    const kept = shape.kept.map(([host, path]) => [
      locationFor(before, host, path)?.target,
      locationFor(after, host, path)?.target,
    ]);
    for (const [first, second] of kept) expect(second).toEqual(first);
  });
});

test('every error is among the ways to drop out, or it is known why it is none', () => {
  const ways = new Set(WAYS.map((way: Way) => way.rule));
  const errors = rules.filter(({ severity }) => severity === 'error').map(({ name }) => name);
  expect(errors.filter(name => !ways.has(name) && !Object.hasOwn(NO_WAY, name))).toEqual([]);
  expect(Object.keys(NO_WAY).filter(name => ways.has(name) || !errors.includes(name))).toEqual([]);
});
