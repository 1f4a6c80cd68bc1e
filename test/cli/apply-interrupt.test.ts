import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { findNginx } from '../../src/live/local-nginx/nginx-binary.ts';
import { testState } from '../support/apply.ts';
import type { TestState } from '../support/apply.ts';
import { runBin } from '../support/bin.ts';
import type { Run } from '../support/bin.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';

let state: TestState;
let ports: readonly string[] = [];

beforeEach(async () => {
  state = testState();
  const [http = 0, https = 0] = await freePorts(2);
  ports = ['--http-port', String(http), '--https-port', String(https)];
});

afterEach(() => state.end());

/** An nginx during whose test, or during whose start, somebody interrupts whoever runs it. */
function interrupting(at: 'test' | 'start'): string {
  const nginx = findNginx(process.env['TEST_NGINX']) ?? 'nginx';
  const path = join(state.parent, `nginx-${at}`);
  const script = `#!/bin/sh
case "$1" in
-V) ;;
-t) ${at === 'test' ? 'kill -TERM $PPID; exec sleep 60' : ''} ;;
*) ${at === 'start' ? 'kill -TERM $PPID' : ''} ;;
esac
exec ${nginx} "$@"
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

function apply(path: string, flags: readonly string[] = []): Promise<Run> {
  const manifests = [
    service('web', [{ number: 80, pod: 8080 }], { clusterIP: '127.0.0.1' }),
    ingress({ host: 'shop.example.com', paths: [[path, 'Exact', 'web']] }),
  ];
  return runBin(['apply', '-', '--state-dir', state.folder, ...ports, ...flags], yamlOf(manifests));
}

test('interrupted before the switch, apply ends by the signal and says what is served', async () => {
  await apply('/');
  const run = await apply('/cart', ['--nginx', interrupting('test')]);
  expect(run).toMatchObject({ code: null, stdout: '' });
  expect(run.stderr).toMatch(/^interrupted: nothing was applied; release 1-[0-9a-f]{8} stays$/m);
});

test('interrupted after the switch, apply says that it came to its end', async () => {
  const run = await apply('/', ['--nginx', interrupting('start')]);
  expect(run.code).toBeNull();
  expect(run.stdout).toMatch(/^serving release 1-[0-9a-f]{8}: nginx \d+ started, /);
});

test('an interrupted rollback says what is served', async () => {
  await apply('/');
  await apply('/cart');
  const run = await runBin(['rollback', '--state-dir', state.folder, '--nginx', interrupting('test')]);
  expect(run).toMatchObject({ code: null, stdout: '' });
  expect(run.stderr).toMatch(/^interrupted: nothing was applied; release 2-[0-9a-f]{8} stays$/m);
});
