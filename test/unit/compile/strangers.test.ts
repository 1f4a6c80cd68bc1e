import { expect, test } from 'vitest';

import { amongStrangers } from '../../../src/compile/strangers.ts';
import type { World } from '../../../src/compile/world.ts';
import { pathConflict } from '../../../src/compile/rules/paths.ts';
import { invalidRegex } from '../../../src/compile/rules/paths.ts';
import type { Finding } from '../../../src/diagnostics/diagnostic.ts';
import { ingressOf } from '../../support/resources.ts';

const OPEN: World = { missing: 'note', external: [] };
const place = (document: string) => ({ document, path: ['spec'] });

/** An Ingress in a file. */
function ingressIn(file: string, namespace: string) {
  return { ...ingressOf({ namespace }), document: `${file}#0` };
}

interface Row {
  readonly name: string;
  readonly files: readonly [string, string];
  readonly namespaces: readonly [string, string];
  readonly becomes: 'info' | undefined;
}

test.each<Row>([
  {
    name: 'of two folders without a namespace',
    files: ['a/x.yaml', 'b/x.yaml'],
    namespaces: ['default', 'default'],
    becomes: 'info',
  },
  { name: 'of one folder', files: ['a/x.yaml', 'a/y.yaml'], namespaces: ['default', 'default'], becomes: undefined },
  { name: 'of namespaces', files: ['a/x.yaml', 'b/x.yaml'], namespaces: ['shop', 'team'], becomes: undefined },
  {
    name: 'of which one has one',
    files: ['a/x.yaml', 'b/x.yaml'],
    namespaces: ['default', 'team'],
    becomes: undefined,
  },
])('what two Ingresses $name do to each other', ({ files, namespaces, becomes }) => {
  const resources = files.map((file, index) => ingressIn(file, namespaces[index] ?? ''));
  const [one, other] = files.map(file => place(`${file}#0`));
  if (one === undefined || other === undefined) throw new Error('two are needed');
  const found: Finding = { rule: pathConflict, message: '', at: one, related: [{ message: '', at: other }] };
  const said: Finding[] = [];
  const report = amongStrangers(OPEN, resources, each => void said.push(each));
  report(found);
  report({ ...found, rule: invalidRegex });
  expect(said.map(({ severity }) => severity)).toEqual([becomes, undefined]);
});

test.each([
  { name: 'where something is made of them', world: undefined },
  { name: 'in a closed world', world: { missing: 'error', external: [] } as const },
])('they are meant for one place $name', ({ world }) => {
  const report = (): undefined => undefined;
  expect(amongStrangers(world, [], report)).toBe(report);
});
