import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { sortUnplaced } from '../../src/diagnostics/located.ts';
import { withFingerprints } from '../../src/findings/fingerprint.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import { objectFinder } from '../../src/manifests/object-name.ts';
import { SETTINGS } from '../support/compiled.ts';
import { runs } from './runs.ts';

/** Each has findings of its own: of compiling, of validating, of a key that is there twice. */
function documentOf(name: string): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    '  namespace: shop',
    '  annotations:',
    '    nginx.ingress.kubernetes.io/rewrite-target: /$2',
    '    nginx.ingress.kubernetes.io/proxy-body-sise: 8m',
    'spec:',
    '  ingressClassName: nginx',
    '  rules:',
    `  - host: ${name}.example.com`,
    '    http:',
    '      paths:',
    '      - path: /api/(.*)',
    '        pathType: ImplementationSpecific',
    '        backend: { service: { name: web, port: { number: 80 } } }',
    '',
  ].join('\n');
}

interface Layout {
  /** The documents, in the order in which they stand. */
  readonly order: readonly string[];
  /** Before which line of which document an empty line or a comment comes. */
  readonly blanks: readonly number[];
  readonly perFile: number;
  readonly folder: string;
}

const NAMES = ['one', 'two', 'three'];

const layout: fc.Arbitrary<Layout> = fc.record({
  order: fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
  blanks: fc.array(fc.nat(16), { maxLength: 6 }),
  perFile: fc.integer({ min: 1, max: 3 }),
  folder: fc.constantFrom('/home/anna', '/builds/7'),
});

function fingerprintsOf({ order, blanks, perFile, folder }: Layout): readonly string[] {
  const texts = order.map(name => {
    const lines = documentOf(name).split('\n');
    return lines.map((line, index) => (blanks.includes(index) ? `# moved\n\n${line}` : line)).join('\n');
  });
  const files = texts.flatMap((_, index) =>
    index % perFile === 0 ? [texts.slice(index, index + perFile).join('---\n')] : [],
  );
  const sources = files.map((text, index) => ({ name: `${folder}/shop/${index}.yaml`, text }));
  const { diagnostics, documents } = loadTexts({ sources, settings: SETTINGS });
  const context = { objectOf: objectFinder(documents), root: folder, folder };
  return withFingerprints(sortUnplaced(diagnostics), context)
    .map(({ fingerprint }) => fingerprint)
    .toSorted();
}

test('a finding keeps its fingerprint wherever it moves, and no other has it', () => {
  const known = fingerprintsOf({ order: NAMES, blanks: [], perFile: 3, folder: '/home/anna' });
  expect(known.length).toBeGreaterThan(NAMES.length);
  expect(new Set(known).size).toBe(known.length);
  fc.assert(
    fc.property(layout, moved => {
      expect(fingerprintsOf(moved)).toEqual(known);
    }),
    runs(100),
  );
});
