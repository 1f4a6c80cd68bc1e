import { describe, expect, test } from 'vitest';

import { ANNOTATIONS_PREFIX } from '../../../src/resources/model.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { ingress, yamlOf } from '../../support/manifests.ts';
import { appOf, compiled, ingressOf } from '../../support/resources.ts';

const PREFIX = 'ingress.example.com/';
const REFUSED = `the admission webhook of ingress-nginx rejects "${ANNOTATIONS_PREFIX}limit-rate": the prefix of this installation is ${PREFIX}`;
const HOSTS = { 'shop.example.com': [['/', 'app:80']] } as const;

/** What an Ingress with these annotations comes to where the controller reads those below `PREFIX`. */
function run(annotations: Readonly<Record<string, string>>) {
  const ingress = ingressOf({ annotations, annotationsPrefix: PREFIX, hosts: HOSTS });
  return compiled([...appOf('app', '10.0.0.1'), ingress]);
}

describe('with a prefix of its own', () => {
  test('annotations are read under that one', () => {
    const { location, lines } = run({ [`${PREFIX}limit-rate`]: '100', [`${PREFIX}proxy-buffering`]: 'on' });
    expect(location('shop.example.com', '^ /')?.policies).toHaveProperty('limitRate');
    expect(lines).toEqual([]);
  });

  test('those under the usual one have no effect, which is said', () => {
    const { location, lines, found } = run({ [`${ANNOTATIONS_PREFIX}limit-rate`]: '100' });
    expect(location('shop.example.com', '^ /')?.policies).not.toHaveProperty('limitRate');
    expect(lines).toEqual([`refused-prefix: ${REFUSED}`]);
    expect(found[0]?.help).toBe(`write ${PREFIX}limit-rate`);
  });

  test.each([
    {
      name: 'what stands under both is rejected all the same',
      annotations: {
        [`${ANNOTATIONS_PREFIX}limit-rate`]: '1',
        [`${PREFIX}limit-rate`]: '1',
        [`${PREFIX}proxy-buffering`]: 'on',
      },
      lines: [`refused-prefix: ${REFUSED}`],
      help: 'remove it',
    },
    {
      name: 'a guard under both is in force',
      annotations: {
        [`${ANNOTATIONS_PREFIX}allowlist-source-range`]: '10.0.0.0/8',
        [`${PREFIX}allowlist-source-range`]: '10.0.0.0/8',
      },
      lines: [],
    },
    {
      name: 'a guard under the usual one keeps nobody out',
      annotations: { [`${ANNOTATIONS_PREFIX}allowlist-source-range`]: '10.0.0.0/8' },
      lines: [
        `guard-without-effect: "${ANNOTATIONS_PREFIX}allowlist-source-range" has no effect: shop.example.com is open to everybody`,
      ],
      help: `write ${PREFIX}allowlist-source-range`,
    },
    {
      name: 'a misspelt name is found',
      annotations: { [`${PREFIX}limit-rat`]: '1' },
      lines: [`unknown-annotation: there is no annotation "${PREFIX}limit-rat"`],
      help: `did you mean ${PREFIX}limit-rate?`,
    },
    {
      name: 'so is a misspelt prefix',
      annotations: { 'ingres.example.com/limit-rate': '1' },
      lines: ['unknown-annotation: there is no annotation "ingres.example.com/limit-rate"'],
      help: `did you mean ${PREFIX}limit-rate?`,
    },
    {
      name: 'a prefix that is nearly the usual one means nothing here',
      annotations: { 'nginx.ingres.kubernetes.io/limit-rate': '1' },
      lines: [],
    },
    {
      name: 'a value that is wrong is found',
      annotations: { [`${PREFIX}limit-rate`]: 'much' },
      lines: ['invalid-annotation-value: limit-rate: "much" is not a whole number'],
      help: 'write a number without a unit, such as "10"',
    },
  ])('$name', ({ annotations, lines, help }) => {
    const result = run(annotations);
    expect(result.lines).toEqual(lines);
    expect(result.found[0]?.help).toBe(help);
  });

  test('a finding points to the key as it is written', () => {
    const { found } = run({ [`${PREFIX}limit-rate`]: 'much' });
    expect(found[0]?.at).toMatchObject({ path: ['metadata', 'annotations', `${PREFIX}limit-rate`] });
  });
});

describe('the annotation of the class', () => {
  test.each([PREFIX, 'kubernetes.io/'])('keeps its name with the prefix %s', annotationsPrefix => {
    const annotations = { 'kubernetes.io/ingress.class': 'nginx' };
    const ingress = ingressOf({ annotations, annotationsPrefix, className: null, hosts: HOSTS });
    const { locations, lines } = compiled([...appOf('app', '10.0.0.1'), ingress]);
    expect(locations('shop.example.com')).toHaveLength(1);
    expect(lines).toEqual([]);
  });
});

describe('a text', () => {
  const textOf = (key: string): string =>
    yamlOf([ingress({ annotations: { [key]: '${RATE}' }, defaultBackend: 'web' })]);
  const found = (key: string, prefix?: string): readonly string[] =>
    readUnit({ name: 'in.yaml', text: textOf(key) }, { annotationsPrefix: prefix }).diagnostics.map(
      ({ rule }) => rule.name,
    );

  test('is read with the prefix that it is given', () => {
    const [resource] = readUnit({ name: 'in.yaml', text: textOf('x') }, { annotationsPrefix: PREFIX }).resources;
    expect(resource).toMatchObject({ kind: 'Ingress', annotationsPrefix: PREFIX });
  });

  test('has placeholders only in annotations that are read', () => {
    expect(found(`${PREFIX}limit-rate`, PREFIX)).toEqual(found('nginx.ingress.kubernetes.io/limit-rate'));
    expect(found(`${PREFIX}limit-rate`, PREFIX)).not.toEqual([]);
    expect(found(`${PREFIX}limit-rate`)).toEqual([]);
    expect(found('nginx.ingress.kubernetes.io/limit-rate', PREFIX)).toEqual([]);
  });
});
