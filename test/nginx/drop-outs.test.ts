import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Backends } from '../support/backends.ts';
import type { Asked, Shape } from '../support/drop-outs/shapes.ts';
import { SHAPES } from '../support/drop-outs/shapes.ts';
import type { Way } from '../support/drop-outs/way.ts';
import { WAYS } from '../support/drop-outs/ways.ts';
import { app } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { serve } from '../support/serve.ts';
import type { Served } from '../support/serve.ts';

interface Case {
  readonly name: string;
  readonly shape: Shape;
  readonly way: Way;
}

const MANY = ['a prefix below an open /', 'one path of a host below an open wildcard'];
const FEW = [
  'annotations under spec',
  'a path type in lower case',
  'a Secret that is missing',
  'another object of its name with annotations {"a":"b"}',
];

/** Each in a namespace and a domain of its own, so that one nginx serves all of them. */
const cases: readonly Case[] = SHAPES.filter(({ hasHost }) => hasHost).flatMap(shape =>
  WAYS.filter(way => (MANY.includes(shape.name) || FEW.includes(way.name)) && way.isRefusedByNginx !== true)
    .filter(way => way.edit === undefined && (way.fits?.(shape) ?? true))
    // Rules without host would be those of all cases.
    .filter(() => !shape.name.includes('without host') && !shape.name.includes('default server'))
    // A host without the domain cannot be that of one case.
    .filter(way => /example\.com/i.test(JSON.stringify(way.change(shape.guarded))))
    .map(way => ({ name: `${way.name}, ${shape.name}`, shape, way })),
);

function renamed<T>(value: T, index: number): T {
  const text = JSON.stringify(value)
    .replaceAll('"shop"', `"case-${index}"`)
    .replaceAll(/example\.com/gi, `c${index}.test`);
  return JSON.parse(text) as T;
}

function manifestsOf({ shape, way }: Case, index: number, backends: Backends): readonly Manifest[] {
  const others = [...app(backends, 'web'), ...app(backends, 'blog'), ...shape.others];
  return renamed([...others, ...way.change(shape.guarded)], index);
}

let served: Served;

beforeAll(async () => {
  const all = (backends: Backends) => cases.flatMap((each, index) => manifestsOf(each, index, backends));
  served = await serve(all, ['--on-error', 'isolate']);
});
afterAll(() => served.stop());

async function podsOf(asked: readonly Asked[], index: number): Promise<readonly (string | undefined)[]> {
  const answers = renamed(asked, index).map(async ([host, path]) => served.ask({ host, path }));
  return (await Promise.all(answers)).map(answer => answer.seen?.pod);
}

test.each(cases.map((each, index) => ({ ...each, index })))('$name', async ({ shape, index }) => {
  const behind = shape.requests.filter(([, path]) => path.toLowerCase().includes('admin'));
  expect((await podsOf(behind, index)).filter(pod => pod !== undefined)).toEqual([]);
});

test.each(MANY)('and the others go on: %s', async name => {
  const index = cases.findIndex(({ shape }) => shape.name === name);
  const kept = cases[index]?.shape.kept.filter(([, path]) => path === '/') ?? [];
  expect(await podsOf(kept, index)).toEqual(['blog']);
});
