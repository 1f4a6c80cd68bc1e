import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { SARIF_SCHEMA } from '../../scripts/sarif-schema.mjs';
import { runBin } from '../support/bin.ts';

const EXAMPLES = fileURLToPath(new URL('../../fixtures/rules', import.meta.url));

/** Draft 4 says `id` where later ones say `$id`. */
function schema(): object {
  const {
    id: _id,
    $schema: _draft,
    ...rest
  } = JSON.parse(readFileSync(SARIF_SCHEMA, 'utf8')) as Record<string, unknown>;
  return rest;
}

test('the schema of SARIF takes what is found in all examples of rules', async () => {
  const run = await runBin(['lint', '--format', 'sarif', '--no-gitignore', EXAMPLES]);
  const log = JSON.parse(run.stdout) as { readonly runs: readonly { readonly results: readonly object[] }[] };
  expect(log.runs[0]?.results.length).toBeGreaterThan(100);
  const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    formats: { uri: text => URL.canParse(text), 'uri-reference': true, 'date-time': true },
  });
  const isSarif = ajv.compile(schema());
  isSarif(log);
  expect(isSarif.errors).toBeNull();
  expect(isSarif({ ...log, runs: [{}] })).toBe(false);
});
