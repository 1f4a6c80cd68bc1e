import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { LiveEvent } from '../../../src/live/events.ts';
import type { Forwarder } from '../../../src/live/forward/forwarder.ts';
import { openForwarder } from '../../../src/live/forward/forwarder.ts';
import { forwardingKubectl } from '../../support/port-forward.ts';
import type { ForwardingKubectl } from '../../support/port-forward.ts';
import { PATIENCE_MS } from '../../support/until.ts';
import { eventually } from '../../support/watching.ts';

/** What slow machines need at most. */
const DEADLINE = { timeout: PATIENCE_MS, interval: 20 };
const WEB = 'shop/web:80';
const BLOG = 'shop/blog:8080';

let kubectl: ForwardingKubectl;
let forwarder: Forwarder;
let events: LiveEvent[];
let causes: string[];
const pods: Server[] = [];

async function startPod(name: string): Promise<number> {
  const pod = createServer(socket => void socket.on('error', () => undefined).end(name)).listen(0, '127.0.0.1');
  pods.push(pod);
  await once(pod, 'listening');
  return (pod.address() as AddressInfo).port;
}

/** What answers on a local port. */
async function answerOf(port: number | undefined): Promise<string> {
  const socket = connect(port ?? 0, '127.0.0.1');
  let text = '';
  socket.on('data', chunk => void (text += String(chunk)));
  await once(socket, 'close');
  return text;
}

function open(): Forwarder {
  return openForwarder({
    kubectl: { program: kubectl.program, context: 'minikube' },
    emit: event => void events.push(event),
    onChange: cause => void causes.push(cause),
    avoid: [],
  });
}

/** Wants it, and waits until it leads somewhere. */
async function portOf(key: string, ...others: readonly string[]): Promise<number> {
  forwarder.want(new Set([key, ...others]));
  await vi.waitFor(() => expect(forwarder.forwards.get(key)).toBeDefined(), DEADLINE);
  return forwarder.forwards.get(key) ?? 0;
}

const ups = () => events.filter(event => event.kind === 'forward' && event.state === 'up').length;

beforeEach(async () => {
  kubectl = forwardingKubectl();
  events = [];
  causes = [];
  forwarder = open();
  kubectl.lead(WEB, await startPod('web'));
  kubectl.lead(BLOG, await startPod('blog'));
});

afterEach(async () => {
  await forwarder.stop();
  kubectl.remove();
  for (const pod of pods.splice(0)) pod.close();
});

describe('a forward', () => {
  test('leads to the Service as soon as kubectl says so', async () => {
    expect(forwarder.want(new Set([WEB]))).toBe(false);
    expect(forwarder.forwards.get(WEB)).toBeUndefined();
    await vi.waitFor(() => expect(causes).toEqual(['forward to shop/web']), DEADLINE);
    expect(forwarder.want(new Set([WEB]))).toBe(true);
    expect(await answerOf(forwarder.forwards.get(WEB))).toBe('web');
    expect(events).toEqual([{ kind: 'forward', service: 'shop/web', state: 'up' }]);
  });

  test('is one kubectl for all ports of a Service', async () => {
    kubectl.lead('shop/web:443', await startPod('web-tls'));
    const port = await portOf(WEB, 'shop/web:443');
    const other = forwarder.forwards.get('shop/web:443');
    expect([await answerOf(port), await answerOf(other)]).toEqual(['web', 'web-tls']);
    expect(kubectl.runs()).toEqual([
      [
        'port-forward',
        '--context=minikube',
        '--namespace=shop',
        '--address=127.0.0.1',
        '--pod-running-timeout=10s',
        'service/web',
        `${port}:80`,
        `${other}:443`,
      ],
    ]);
  });

  test('begins again on the same port when kubectl is killed', async () => {
    const port = await portOf(WEB);
    causes.length = 0;
    for (const pid of kubectl.pids()) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(ups()).toBe(2), DEADLINE);
    expect(forwarder.forwards.get(WEB)).toBe(port);
    expect(await answerOf(port)).toBe('web');
    expect(events[1]).toEqual({
      kind: 'forward',
      service: 'shop/web',
      state: 'restarting',
      problem: 'kubectl port-forward ended with exit code 137',
    });
    // nginx.conf stays as it is.
    expect(causes).toEqual([]);
  });

  test('has the same port in another run', async () => {
    // Somebody else, such as another run of these tests, may have the port at one of the two moments.
    const same = await eventually('the same port again', async () => {
      const port = await portOf(WEB);
      await forwarder.stop();
      forwarder = open();
      return (await portOf(WEB)) === port ? port : undefined;
    });
    expect(forwarder.forwards.get(WEB)).toBe(same);
  });

  test('ends when no route needs it, and leaves the others alone', async () => {
    await portOf(WEB, BLOG);
    await portOf(BLOG, WEB);
    const before = kubectl.pids();
    expect(before).toHaveLength(2);
    const port = await portOf(BLOG);
    await vi.waitFor(() => expect(kubectl.pids()).toHaveLength(1), DEADLINE);
    expect(before).toContain(kubectl.pids()[0]);
    expect(forwarder.forwards.get(WEB)).toBeUndefined();
    expect(await answerOf(port)).toBe('blog');
  });

  test('takes another port of the Service in', async () => {
    kubectl.lead('shop/web:443', await startPod('web-tls'));
    const port = await portOf(WEB);
    const other = await portOf('shop/web:443', WEB);
    expect(await answerOf(other)).toBe('web-tls');
    expect(forwarder.forwards.get(WEB)).toBe(port);
    await vi.waitFor(async () => expect(await answerOf(port)).toBe('web'), DEADLINE);
  });

  test('is not waited for when it fails, and tried again', async () => {
    kubectl.disturb({ kind: 'fails', stderr: 'error: timed out waiting for the condition' });
    expect(forwarder.want(new Set([WEB]))).toBe(false);
    await vi.waitFor(() => expect(causes).toEqual(['forward to shop/web']), DEADLINE);
    expect(forwarder.want(new Set([WEB]))).toBe(true);
    expect(events[0]).toMatchObject({ state: 'restarting', problem: 'timed out waiting for the condition' });
    kubectl.disturb(undefined);
    expect(await answerOf(await portOf(WEB))).toBe('web');
  });

  test('is not waited for without end', async () => {
    kubectl.disturb({ kind: 'waits' });
    expect(forwarder.want(new Set([WEB]))).toBe(false);
    await vi.waitFor(() => expect(causes).toEqual(['forward to shop/web']), DEADLINE);
    expect(forwarder.want(new Set([WEB]))).toBe(true);
    expect(forwarder.forwards.get(WEB)).toBeUndefined();
    kubectl.disturb(undefined);
    expect(await answerOf(await portOf(WEB))).toBe('web');
    expect(causes).toHaveLength(2);
  });

  test('has another port where somebody else has its own', async () => {
    const port = await portOf(WEB);
    await forwarder.stop();
    const stranger = createServer().listen(port, '127.0.0.1');
    pods.push(stranger);
    await once(stranger, 'listening');
    forwarder = open();
    const other = await portOf(WEB);
    expect(other).not.toBe(port);
    expect(await answerOf(other)).toBe('web');
  });

  test('does not stand as long as kubectl cannot listen on all of its ports', async () => {
    kubectl.lead('shop/web:443', await startPod('web-tls'));
    kubectl.disturb({ kind: 'occupied' });
    forwarder.want(new Set([WEB, 'shop/web:443']));
    await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), DEADLINE);
    expect(events[0]).toMatchObject({
      state: 'restarting',
      problem: expect.stringMatching(/^Unable to listen on port/),
    });
    expect(forwarder.forwards.get('shop/web:443')).toBeUndefined();
    kubectl.disturb(undefined);
    expect(await answerOf(await portOf(WEB, 'shop/web:443'))).toBe('web');
  });

  test('keeps nothing behind when it is stopped', async () => {
    await portOf(WEB, BLOG);
    await forwarder.stop();
    expect(kubectl.pids()).toEqual([]);
    expect(forwarder.forwards.get(WEB)).toBeUndefined();
  });
});
