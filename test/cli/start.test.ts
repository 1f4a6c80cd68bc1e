import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { runShell } from '../support/shell.ts';

const DEMO = fileURLToPath(new URL('../../fixtures/demo', import.meta.url));
const SMALL = fileURLToPath(new URL('../../fixtures/readme', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/ingress2nginx.js', import.meta.url));

let temporary = '';
beforeEach(() => void (temporary = mkdtempSync(join(tmpdir(), 'ingress2nginx-start-'))));
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

test('a small render loads few of the modules of Node', () => {
  const hook = join(temporary, 'hook.cjs');
  const list = join(temporary, 'list.json');
  const code = `require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList))`;
  writeFileSync(hook, `process.on('exit', () => ${code});`);
  runShell(`NODE_OPTIONS="--require=${hook}" i2n render --quiet ${SMALL} > ${temporary}/out`);
  const loaded: readonly string[] = JSON.parse(readFileSync(list, 'utf8'));
  const few = ['child_process', 'http', 'tls', 'dns', 'internal/modules/run_main'];
  expect(few.filter(name => loaded.includes(`NativeModule ${name}`))).toEqual(['internal/modules/run_main']);
});

test('a start reads no code from the temporary folder, and keeps none there', () => {
  for (const command of ['--help', `routes ${DEMO}`, `render ${DEMO}`]) {
    expect(runShell(`TMPDIR=${temporary} i2n ${command} >/dev/null`).code).toBe(0);
  }
  expect(readdirSync(temporary)).toEqual([]);
  // Node 20 has no compile cache that could show it: nobody turns it on.
  expect(readFileSync(BIN, 'utf8')).not.toMatch(/compileCache/i);
});
