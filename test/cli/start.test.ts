import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { runShell } from '../support/shell.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
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

test('a start reads no code from folders that are not its own, and keeps none there', () => {
  const home = `HOME=${temporary} XDG_CACHE_HOME=${temporary} TMPDIR=${temporary}`;
  for (const command of ['--help', `routes ${DEMO}`, `render ${DEMO}`]) {
    expect(runShell(`cd ${temporary} && ${home} i2n ${command} >/dev/null`).code).toBe(0);
  }
  expect(readdirSync(temporary)).toEqual([]);
  // Node 20 has no compile cache that could show it: nobody turns it on.
  expect(readFileSync(BIN, 'utf8')).not.toMatch(/compileCache/i);
});

describe('a copy of its own', () => {
  const code = (): readonly string[] => readdirSync(join(temporary, 'dist')).filter(name => name === 'code-cache');
  const run = (line: string): unknown => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `cd ${temporary} && ${line}`], { encoding: 'utf8' });
    return { status, stdout, stderr: stderr.replace(/\(\d+\.\d+ s\)/, '') };
  };
  const bin = `${process.execPath} bin/ingress2nginx.js`;

  beforeEach(() => {
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(ROOT, name), join(temporary, name), { recursive: true });
    rmSync(join(temporary, 'dist/code-cache'), { recursive: true, force: true });
  });

  test.each([
    '--help',
    'render --help',
    `routes ${DEMO}`,
    `lint ${DEMO}`,
    `render ${DEMO}`,
    `render --format json ${DEMO}`,
  ])('%s says the same with the code that the run before it compiled, and with damaged code', words => {
    const first = run(`${bin} ${words}`);
    expect([code(), run(`${bin} ${words}`)]).toEqual([['code-cache'], first]);
    run('for file in dist/code-cache/*; do printf x | dd of=$file bs=1 seek=100000 conv=notrunc; done');
    expect([run(`${bin} ${words}`), run(`${bin} ${words}`)]).toEqual([first, first]);
  });

  test('lint keeps compiled code when it has found errors, too: in many repositories it always does', () => {
    writeFileSync(join(temporary, 'bad.yaml'), 'kind: Ingress\n');
    expect(run(`${bin} lint bad.yaml`)).toMatchObject({ status: 1 });
    expect(code()).toEqual(['code-cache']);
  });

  test.each([
    { name: 'INGRESS2NGINX_NO_CODE_CACHE is set', line: `INGRESS2NGINX_NO_CODE_CACHE=1 ${bin} render ${DEMO}` },
    { name: 'a run has failed', line: `${bin} render missing.yaml` },
    { name: 'the command is none of those that are run often', line: `${bin} hosts ${DEMO}` },
  ])('compiled code is not kept if $name', ({ line }) => {
    run(line);
    expect(code()).toEqual([]);
  });
});
