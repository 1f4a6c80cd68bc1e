import { expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import { compileSources } from '../../support/compiled.ts';
import type { Manifest } from '../../support/manifests.ts';
import { ingress, service, slice, yamlOf } from '../../support/manifests.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const PODS = [service('web', PORTS), slice('web', PORTS, { ready: ['web'] })];
const EWMA =
  'load-balance: with ewma, of two endpoints by chance the one with fewer open requests is asked, not the one that has answered faster';

const route = (name: string, annotations: Readonly<Record<string, string>>): Manifest =>
  ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']], annotations });

function notesOf(objects: readonly Manifest[], settings: Partial<CompileSettings> = {}): readonly string[] {
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([...PODS, ...objects]) }], settings);
  return diagnostics.filter(({ rule }) => rule.name === 'behaviour-difference').map(({ message }) => message);
}

test.each([
  { name: 'a value that differs', given: { 'load-balance': 'ewma' }, notes: [EWMA] },
  { name: 'a value that does not', given: { 'load-balance': 'round_robin' }, notes: [] },
  { name: 'an empty value, which asks for nothing', given: { 'load-balance': '' }, notes: [] },
  { name: 'a value that is refused', given: { 'load-balance': 'EWMA' }, notes: [] },
])('$name gives as many notes: $notes.length', ({ given, notes }) => {
  expect(notesOf([route('a', given)])).toEqual(notes);
});

test('a difference is said once, however many ask for it', () => {
  const given = { 'load-balance': 'ewma' };
  expect(notesOf([route('a', given), route('b', given)])).toEqual([EWMA]);
});

test('an option that differs gives one as well', () => {
  const metadata = { name: 'options', namespace: 'shop' };
  const options = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'load-balance': 'ewma' } };
  expect(notesOf([options, route('a', {})], { controllerConfig: 'shop/options' })).toEqual([EWMA]);
});

test('without notes nothing is said', () => {
  expect(notesOf([route('a', { 'load-balance': 'ewma' })], { withoutNotes: true })).toEqual([]);
});
