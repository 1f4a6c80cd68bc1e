import { describe, expect, test } from 'vitest';

import type { CompileSettings } from '../../../src/compile/settings.ts';
import { loadTexts } from '../../../src/jobs/load.ts';
import { SETTINGS } from '../../support/compiled.ts';

const PREFIX = 'nginx.ingress.kubernetes.io/';

function found(
  lines: readonly string[],
  settings: Partial<CompileSettings> = { isCheck: true },
  spec = '',
): readonly string[] {
  const annotations = lines.map(line => `    ${line}\n`).join('');
  const text = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n${annotations}spec:\n${spec}  rules:\n  - host: shop.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend: {service: {name: web, port: {number: 80}}}\n`;
  const sources = [{ name: 'a.yaml', text }];
  const { diagnostics, locate } = loadTexts({
    sources,
    settings: { ...SETTINGS, watchWithoutClass: true, ...settings },
  });
  return diagnostics.flatMap(({ rule, at, severity, fix }) => {
    if (rule.name !== 'class-annotation' && rule.name !== 'older-annotation-name') return [];
    const origin = at !== undefined && 'document' in at ? locate(at) : at;
    return [
      `${origin?.line}:${origin?.column}-${origin?.endColumn} ${severity} ${rule.name}${fix === undefined ? '' : ' fix'}`,
    ];
  });
}

describe('the class annotation', () => {
  test.each([
    { name: 'is a note', lines: ['kubernetes.io/ingress.class: nginx'], notes: ['6:5-32 info class-annotation fix'] },
    { name: 'of another controller is none of ours', lines: ['kubernetes.io/ingress.class: traefik'], notes: [] },
    { name: 'with an empty text is another class', lines: ['kubernetes.io/ingress.class: ""'], notes: [] },
  ])('$name', ({ lines, notes }) => {
    expect(found(lines)).toEqual(notes);
  });

  test('beside the field is said by another rule', () => {
    expect(found(['kubernetes.io/ingress.class: nginx'], { isCheck: true }, '  ingressClassName: nginx\n')).toEqual([]);
  });

  test('stays where nobody said that the class is ours', () => {
    const settings = { isCheck: true, ingressClass: 'edge', isClassAssumed: true } as const;
    expect(found(['kubernetes.io/ingress.class: edge'], settings)).toEqual(['6:5-32 info class-annotation']);
  });

  test('stays where the field would name another class', () => {
    const settings = { isCheck: true, ingressClass: 'Edge_1' } as const;
    expect(found(['kubernetes.io/ingress.class: Edge_1'], settings)).toEqual(['6:5-32 info class-annotation']);
  });
});

describe('an older name of an annotation', () => {
  test.each([
    {
      name: 'is a note',
      lines: [`${PREFIX}whitelist-source-range: 10.0.0.0/8`],
      notes: ['6:5-55 info older-annotation-name fix'],
    },
    {
      name: 'is none beside the newer one',
      lines: [`${PREFIX}whitelist-source-range: 10.0.0.0/8`, `${PREFIX}allowlist-source-range: 10.0.0.0/8`],
      notes: [],
    },
    { name: 'is none without a text', lines: [`${PREFIX}whitelist-source-range: ""`], notes: [] },
  ])('$name', ({ lines, notes }) => {
    expect(found(lines)).toEqual(notes);
  });
});

test('only lint says it', () => {
  expect(found(['kubernetes.io/ingress.class: nginx', `${PREFIX}limit-whitelist: 10.0.0.0/8`], {})).toEqual([]);
});
