import { expect, test } from 'vitest';

import { applyLoaded } from '../../src/jobs/apply.ts';
import type { ApplyRequest } from '../../src/jobs/apply.ts';
import { dryRunLoaded } from '../../src/jobs/dry-run.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import { rollBack, startAgain, stopNginx } from '../../src/jobs/releases.ts';
import { NEVER, testState, usualOptions } from '../support/apply.ts';
import { SETTINGS } from '../support/compiled.ts';
import { ingress, service, yamlOf } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts } from '../support/nginx.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });

function shop(host: string, className = 'nginx'): readonly Manifest[] {
  return [ingress({ host, paths: [['/', 'Prefix', 'web']], className }), WEB];
}

test('an nginx is served, compared, held, stopped, started and rolled back without a command line', async () => {
  const state = testState();
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const settings = { ...SETTINGS, listen: ['127.0.0.1'], httpPort, httpsPort };
  const { purpose: _purpose, signal, now: _now, ...nginx } = usualOptions(state.folder);
  const request = (manifests: readonly Manifest[]): ApplyRequest => ({
    loaded: loadTexts({ sources: [{ name: 'shop.yaml', text: yamlOf(manifests) }], settings }),
    hold: { onError: 'fail', failOn: 'error' },
    nginx,
    signal,
  });
  try {
    const [first, second] = [shop('shop.example.com'), shop('new.example.com')];
    const before = await dryRunLoaded(request(first));
    expect(before.outcome).toMatchObject({ kind: 'compared', difference: { release: undefined, would: 'start' } });
    const applied = await applyLoaded(request(first));
    expect(applied).toMatchObject({
      outcome: { kind: 'serving', action: 'started' },
      served: { address: `http://127.0.0.1:${httpPort}` },
    });
    expect((await applyLoaded(request(first))).outcome.kind).toBe('unchanged');
    expect((await applyLoaded(request(second))).outcome).toMatchObject({ kind: 'serving', action: 'reloaded' });
    const empty = await applyLoaded(request(shop('shop.example.com', 'traefik')));
    expect(empty.outcome).toMatchObject({ kind: 'withheld', reason: { kind: 'skipped' }, advice: 'allow-empty' });
    const back = await rollBack(undefined, { nginx, signal: NEVER });
    expect(back.report).toMatchObject({ outcome: { kind: 'serving' }, served: { release: applied.served?.release } });
    expect(await stopNginx({ nginx, signal })).toMatchObject({ kind: 'done', isStopped: true });
    expect(await stopNginx({ nginx, signal })).toMatchObject({ kind: 'done', isStopped: false });
    const again = await startAgain({ nginx, signal });
    expect(again.report.outcome).toMatchObject({ kind: 'serving', action: 'started' });
  } finally {
    await state.end();
  }
});

test('that there is no nginx is an outcome', async () => {
  const state = testState();
  const { purpose: _purpose, now: _now, ...options } = usualOptions(state.folder);
  const { signal, ...nginx } = { ...options, nginx: '/nowhere/nginx' };
  const loaded = loadTexts({
    sources: [{ name: 'shop.yaml', text: yamlOf(shop('shop.example.com')) }],
    settings: SETTINGS,
  });
  const request = { loaded, hold: { onError: 'fail', failOn: 'error' }, nginx, signal } as const;
  const missing = { kind: 'failed', problem: '/nowhere/nginx is not a program' };
  try {
    expect((await dryRunLoaded(request)).outcome).toEqual(missing);
    expect((await applyLoaded(request)).outcome).toEqual(missing);
    expect((await startAgain({ nginx, signal })).report).toEqual({ outcome: missing, served: undefined });
  } finally {
    await state.end();
  }
});
