import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { complaintFor } from '../../../src/resources/complaints.ts';
import { examine } from './examine.ts';

const CONFIG_MAP = 'apiVersion: v1, kind: ConfigMap';

test('an object with unknown fields only is taken without them', () => {
  const { found, resources } = examine(`{${CONFIG_MAP}, metadata: {name: a, nmae: b}, dta: {}}`);
  expect(found).toEqual(['unknown-field dta#', 'unknown-field metadata.nmae#']);
  expect(resources).toMatchObject([{ name: 'a', data: {} }]);
});

test('an object with another error is left out, and the others are read', () => {
  const { resources, taken } = examine(
    `{${CONFIG_MAP}, metadata: {name: A}, data: {k: v}}\n---\n{${CONFIG_MAP}, metadata: {name: b}}`,
  );
  expect(taken.map(({ name }) => name)).toEqual(['b']);
  expect(resources[0]).toMatchObject({ name: 'A', data: {}, isRefused: true });
});

test('an object that gets its name from the cluster is left out with a warning', () => {
  const { diagnostics, resources } = examine(`{${CONFIG_MAP}, metadata: {generateName: shop-}}`);
  expect(diagnostics.map(({ rule, severity }) => [rule.name, severity])).toEqual([['unnamed-object', 'warning']]);
  expect(resources).toEqual([]);
});

test('of thousands of problems in one object the first fifty are shown', () => {
  const values = Array.from({ length: 2000 }, (_, index) => `k${index}: ${index}`).join(', ');
  const { diagnostics, taken } = examine(`{${CONFIG_MAP}, metadata: {name: a}, data: {${values}}}`);
  expect(diagnostics).toHaveLength(51);
  expect(diagnostics.at(-1)?.message).toBe('this ConfigMap has more than 50 problems; the others are not shown');
  expect(taken).toEqual([]);
});

test('annotations have a limit in bytes', () => {
  const annotated = (size: number) => `{${CONFIG_MAP}, metadata: {name: a, annotations: {k: ${'ä'.repeat(size)}}}}`;
  expect(examine(annotated(131_071)).found).toEqual(['too-large-to-apply']);
  expect(examine(annotated(131_072)).found).toEqual(['too-large metadata.annotations']);
});

test('long values are cut in messages', () => {
  const { diagnostics } = examine(`{${CONFIG_MAP}, metadata: {name: "${'A'.repeat(10_000)}"}}`);
  expect(diagnostics[0]?.message.length).toBeLessThan(250);
});

test('a deep or hostile text takes no time to refuse', () => {
  const name = `${'a-'.repeat(50_000)}!`;
  expect(examine(`{${CONFIG_MAP}, metadata: {name: "${name}", labels: {"${name}": x}}}`).found).toEqual([
    `invalid-label metadata.labels.${name}#`,
    'invalid-name metadata.name',
  ]);
}, 2000);

test('every message that a schema asks for exists', () => {
  const folder = new URL('../../../src/resources/', import.meta.url);
  const schemas = readdirSync(folder).filter(file => file.endsWith('.schema.json'));
  const asked = schemas.flatMap(file => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/"says": "([^"]+)"/g),
  ]);
  expect(asked.length).toBeGreaterThan(20);
  const missing = asked.map(([, says = '']) => says).filter(says => complaintFor(says, 'x') === undefined);
  expect(missing).toEqual([]);
});
