import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { findMaster, placeIn } from '../../../src/live/apply/nginx-processes.ts';
import { findNginx } from '../../../src/live/local-nginx/nginx-binary.ts';
import { answerOn, NEVER, statusOf, withState } from '../../support/apply.ts';
import type { TestState } from '../../support/apply.ts';
import { candidateOf } from '../../support/candidates.ts';
import { freePorts } from '../../support/nginx.ts';

const NGINX = findNginx(process.env['TEST_NGINX']) ?? 'nginx';

/** nginx must test a release in that time, too, on a busy machine as well. */
const GIVEN_MS = 3_000;

/** nginx, but for what a script does first when it is started. */
function nginxThat(state: TestState, first: string): string {
  const path = join(state.parent, 'nginx');
  const script = `#!/bin/sh\ncase " $* " in *" -V "*|*" -t "*) ;; *) ${first} ;; esac\nexec ${NGINX} "$@"\n`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

test.concurrent('a start that nothing comes of is given up after the timeout', () =>
  withState(async (state, port) => {
    const outcome = await state.apply(
      { port, answer: 'one' },
      { nginx: nginxThat(state, 'exit 0'), timeoutMs: GIVEN_MS },
    );
    expect(outcome).toEqual({
      kind: 'rolled-back',
      problem: 'nginx does not serve after 3 s: it is not running',
      stderr: '',
      restored: undefined,
      pid: undefined,
    });
    expect(await state.apply({ port, answer: 'one' })).toMatchObject({ kind: 'serving', action: 'started' });
  }));

test.concurrent('a reload that workers never notice is given up, and nobody says what is served', () =>
  withState(async (state, port) => {
    await state.apply({ port, answer: 'one' });
    const master = findMaster(placeIn(state.folder, 'run/nginx.pid'));
    process.kill(master?.pid ?? 0, 'SIGSTOP');
    const applying = state.apply({ port, answer: 'two' }, { timeoutMs: GIVEN_MS });
    const outcome = await applying;
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: expect.stringMatching(
        /^nginx does not serve after 3 s: the old workers still serve; rollback to 1-\w+ failed: nginx does not serve after 3 s/,
      ),
      restored: undefined,
      pid: master?.pid,
    });
    process.kill(master?.pid ?? 0, 'SIGCONT');
    expect(await state.apply({ port, answer: 'three' })).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(await answerOn(port)).toBe('three');
  }));

test.concurrent('a configuration that does not open a port is given up', () =>
  withState(async (state, port) => {
    await state.apply({ port, answer: 'one' });
    const [closed = 0] = await freePorts(1);
    const candidate = { ...candidateOf({ port, answer: 'two' }), ports: [port, closed] };
    const outcome = await state.work(applier => applier.apply(candidate, NEVER), { timeoutMs: GIVEN_MS });
    expect(outcome).toMatchObject({
      kind: 'rolled-back',
      problem: `nginx does not serve after 3 s: it does not listen on 0.0.0.0:${closed}`,
    });
    expect(await answerOn(port)).toBe('one');
  }));

test.concurrent('a start that an earlier run began is waited for', () =>
  withState(async (state, port) => {
    const slow = nginxThat(state, 'sleep 0.7');
    await state.apply({ port, answer: 'one' });
    await state.work(applier => applier.stopNginx(NEVER));
    const words = ['-p', state.folder, '-c', 'current/nginx.conf', '-e', 'logs/error.log'];
    const early = spawn(slow, words, { stdio: 'ignore' });
    expect(await state.apply({ port, answer: 'two' })).toMatchObject({ kind: 'serving', action: 'reloaded' });
    expect(early.exitCode).toBe(0);
    expect(await answerOn(port)).toBe('two');
  }));

test.concurrent('connections that last keep old workers, and are not waited for', () =>
  withState(async (state, port) => {
    const backend = createServer((_request, response) => void response.writeHead(200).write('first'));
    await new Promise<void>(resolve => void backend.listen(0, '127.0.0.1', resolve));
    const proxyTo = (backend.address() as AddressInfo).port;
    await state.apply({ port, answer: 'one', proxyTo, location: 'proxy_buffering off;' });
    const client: Socket = connect(port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
    await new Promise(resolve => void client.once('data', resolve));
    expect(await state.apply({ port, answer: 'two' })).toMatchObject({ kind: 'serving', workers: 2 });
    expect((await statusOf(state.folder)).nginx).toMatchObject({ workers: 2, workersShuttingDown: 1 });
    expect(await answerOn(port)).toBe('two');
    client.destroy();
    backend.closeAllConnections();
    backend.close();
  }));
