import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';

import { migrateJson } from '../../../src/report/migrate-json.ts';
import { migrateMarkdown } from '../../../src/report/migrate-markdown.ts';
import { migrateText } from '../../../src/report/migrate-text.ts';
import type { PlacedMigration } from '../../../src/report/migrate-words.ts';

const at = { file: 'k8s/<shop>.yaml', line: 12, column: 5 };
const SOURCE = 'https://example.com/doc';
const MIGRATION: PlacedMigration = {
  targets: [
    {
      id: 'traefik',
      name: 'Traefik',
      product: 'Traefik Proxy',
      version: '3.7.9',
      notes: [{ text: 'bodies have no limit', source: SOURCE }],
    },
  ],
  totals: {
    ingresses: 4,
    withAnnotations: 3,
    here: { same: 2, differs: 1, refused: 1 },
    there: [{ target: 'traefik', same: 1, differs: 2, unchecked: 0, none: 1 }],
  },
  annotations: [
    {
      name: 'satisfy',
      ingresses: ['shop/a', 'shop/b', 'shop/c', 'shop/d'],
      at,
      here: { verdict: 'same', how: [] },
      there: [{ target: 'traefik', verdict: 'none', how: 'all checks must pass', source: SOURCE }],
    },
    {
      name: 'app-root',
      ingresses: ['shop/a'],
      at,
      here: { verdict: 'same', how: [] },
      there: [{ target: 'traefik', verdict: 'same', how: 'read as it is', source: SOURCE }],
    },
  ],
  shapes: [
    {
      name: 'wildcardHosts',
      ingresses: ['shop/a'],
      at,
      there: [{ target: 'traefik', verdict: 'differs', how: 'any number of labels', source: SOURCE }],
    },
  ],
  unknown: [{ name: 'proxy-bdy-size', ingresses: ['shop/a'], at, meant: 'proxy-body-size' }],
  others: [{ name: 'cert-manager.io/issuer', ingresses: ['shop/a'], at }],
};
const style = new Chalk({ level: 0 });

test('the text has what is to be decided first, and what stays the same in one line', () => {
  expect(`\n${migrateText(MIGRATION, { style, columns: undefined, isVerbose: false })}`).toBe(`
4 Ingresses, 3 with annotations of ingress-nginx

                       SAME  DIFFERS  NOT CHECKED  REFUSED OR NONE
ingress2nginx (nginx)  2     1        0            1
Traefik 3.7.9          1     2        0            1

Annotations
  satisfy: 4 Ingresses (shop/a, shop/b, shop/c and 1 more), k8s/<shop>.yaml:12:5
    here: same
    traefik: none: all checks must pass
  the same: app-root (1)

Options: none read; name the ConfigMap of the controller with --controller-config

Besides annotations
  wildcard hosts: 1 Ingress (shop/a), k8s/<shop>.yaml:12:5
    traefik: differs: any number of labels

Unknown to ingress-nginx, under its prefix
  proxy-bdy-size: 1 Ingress (shop/a), k8s/<shop>.yaml:12:5; did you mean proxy-body-size?

Annotations that ingress-nginx does not read
  cert-manager.io/issuer (1)

Traefik 3.7.9: Traefik Proxy
  bodies have no limit
`);
});

test('verbose text names all Ingresses, and what stays the same', () => {
  const text = migrateText(MIGRATION, { style, columns: undefined, isVerbose: true });
  expect(text).toContain('4 Ingresses (shop/a, shop/b, shop/c and shop/d)');
  expect(text).toContain('    traefik: same: read as it is');
});

test('no line is wider than the terminal', () => {
  const lines = migrateText(MIGRATION, { style, columns: 50, isVerbose: true }).split('\n');
  // The table of totals stays one.
  expect(lines.filter(line => line.length > 50 && !/ {2}\d+ {2}/.test(line) && !line.includes('SAME'))).toEqual([]);
});

test('Markdown links each verdict to its source, and shows text of manifests as it is', () => {
  const text = migrateMarkdown(MIGRATION, { isVerbose: false });
  expect(text).toContain(
    '| satisfy | 4: shop/a, shop/b, shop/c and 1 more | same | [none](https://example.com/doc): all checks must pass | k8s/&#60;shop&#62;.yaml&#58;12&#58;5 |',
  );
  expect(text).toContain('- proxy-bdy-size (1); did you mean `proxy-body-size`?');
});

test('the published schema holds', () => {
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../../docs/schemas/migrate.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
  validate(
    JSON.parse(
      migrateJson({ ...MIGRATION, options: MIGRATION.annotations, incomplete: { errors: 1, ingresses: ['shop/b'] } }),
    ),
  );
  expect(validate.errors).toBeNull();
});

test('what could not be read is said before all that could, in each format', () => {
  const incomplete = { errors: 2, ingresses: ['shop/b', 'shop/c'] };
  const partial = { ...MIGRATION, incomplete };
  const text = migrateText(partial, { style, columns: undefined, isVerbose: false });
  expect(text).toMatch(/^4 Ingresses, .*\nincomplete: 2 errors; not counted: shop\/b and shop\/c\n\n/);
  expect(migrateMarkdown(partial, { isVerbose: false })).toContain(
    '\n\n> ⚠️ incomplete: 2 errors; not counted: shop/b',
  );
  expect(JSON.parse(migrateJson(partial))).toMatchObject({ incomplete });
  const unnamed = { ...MIGRATION, incomplete: { errors: 1, ingresses: [] } };
  const unnamedText = migrateText(unnamed, { style, columns: undefined, isVerbose: false });
  expect(unnamedText).toContain('\nincomplete: 1 error; what it is about is not counted\n');
});
