import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ApiServer } from '../../support/api-server.ts';
import { startApiServer } from '../../support/api-server.ts';
import type { KubeObject } from '../../support/api-server/types.ts';
import { ingress } from '../../support/manifests.ts';
import type { Stage } from '../../support/publishing.ts';
import { openStage } from '../../support/publishing.ts';

let server: ApiServer;
let stage: Stage;

beforeEach(async () => {
  server = await startApiServer();
  stage = await openStage(server.kubeconfig);
});

afterEach(async () => {
  await stage.close();
  await server.close();
});

const OURS = [{ ip: '192.0.2.1' }];

/** An Ingress with the status that is given. */
function withStatus(name: string, addresses?: readonly unknown[]): KubeObject {
  const status = addresses === undefined ? {} : { status: { loadBalancer: { ingress: addresses } } };
  return {
    ...ingress({ name, host: `${name}.example.com`, paths: [['/', 'Prefix', 'web']] }),
    ...status,
  } as KubeObject;
}

function named(...names: readonly string[]) {
  return names.map(name => ({ namespace: 'shop', name }));
}

function addressesOf(name: string): unknown {
  const held = server.get('ingresses', 'shop', name) as
    | { status?: { loadBalancer?: { ingress?: unknown } } }
    | undefined;
  return held?.status?.loadBalancer?.ingress;
}

function patches(): readonly string[] {
  return server.requests.filter(({ method }) => method === 'PATCH').map(({ url }) => url);
}

test('those that are served get the address, and no others', async () => {
  server.put(withStatus('web'), withStatus('api', [{ ip: '203.0.113.9' }]), withStatus('other'));
  const one = stage.start('one');
  one.update(named('web', 'api'));
  await stage.pass(1_000);
  expect([addressesOf('web'), addressesOf('api'), addressesOf('other')]).toEqual([OURS, OURS, undefined]);
  expect(one.events).toEqual([
    { kind: 'leader', isLeader: true, holder: 'one' },
    { kind: 'published', ingresses: 2, addresses: ['192.0.2.1'] },
  ]);
});

test('what is right is not written', async () => {
  server.put(withStatus('web', OURS));
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(130_000);
  expect(patches()).toEqual([]);
  expect(one.events.map(({ kind }) => kind)).toEqual(['leader', 'published']);
});

test('what others wrote is put right within a minute', async () => {
  server.put(withStatus('web'));
  stage.start('one').update(named('web'));
  await stage.pass(5_000);
  server.put(withStatus('web', [{ ip: '203.0.113.9' }]));
  await stage.pass(60_000);
  expect(addressesOf('web')).toEqual(OURS);
  expect(patches().length).toBe(2);
});

test('a new Ingress gets it at once; one that is no longer ours loses our address alone', async () => {
  server.put(withStatus('web'));
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(1_000);
  server.put(withStatus('api'), withStatus('web', [...OURS, { hostname: 'lb.example.net' }]));
  one.update(named('api'));
  await stage.pass(500);
  expect([addressesOf('web'), addressesOf('api')]).toEqual([[{ hostname: 'lb.example.net' }], OURS]);
});

test('an Ingress that is deleted and made anew gets it at once', async () => {
  const made = (createdAt: number) => [{ namespace: 'shop', name: 'web', createdAt }];
  server.put(withStatus('web'));
  const one = stage.start('one');
  one.update(made(1_000));
  await stage.pass(1_000);
  server.remove('ingresses', 'shop', 'web');
  server.put(withStatus('web'));
  one.update(made(2_000));
  await stage.pass(500);
  expect(addressesOf('web')).toEqual(OURS);
});

test('many new ones are listed, and not read one by one', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `web-${index}`);
  const one = stage.start('one');
  await stage.pass(1_000);
  server.put(...names.map(name => withStatus(name)));
  one.update(named(...names));
  await stage.pass(500);
  expect(names.map(addressesOf)).toEqual(names.map(() => OURS));
  expect(server.requests.filter(({ method, url }) => method === 'GET' && url.includes('/ingresses/web-'))).toEqual([]);
});

test('an Ingress that is gone, and a conflict, are no failure', async () => {
  server.put(withStatus('web'));
  const one = stage.start('one');
  one.update(named('web', 'gone'));
  await stage.pass(1_000);
  server.remove('ingresses', 'shop', 'web');
  one.update([]);
  await stage.pass(70_000);
  expect(one.events.filter(({ kind }) => kind === 'trouble')).toEqual([]);
});

test('a conflict is no failure: it is written a little later, and taken back at the second try', async () => {
  const once = { method: 'PATCH', path: /\/status$/, status: 409, times: 1 };
  server.put(withStatus('web'));
  server.faults.answer(once);
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(61_000);
  expect(addressesOf('web')).toEqual(OURS);
  server.faults.answer(once);
  await one.stop();
  expect(addressesOf('web')).toBeUndefined();
  expect(one.events.filter(({ kind }) => kind === 'trouble')).toEqual([]);
});

test.each(['null', '[]', '{"items":5}', '{"items":[null,{"metadata":{}},{"status":[]}]}', 'no JSON'])(
  'a server that answers %s to a list ends nothing',
  async body => {
    server.put(withStatus('web'));
    const sane = server.faults.answer({ method: 'GET', path: /\/ingresses$/, body });
    const one = stage.start('one');
    one.update(named('web'));
    await stage.pass(30_000);
    sane();
    await stage.pass(60_000);
    expect(one.leads()).toBe(true);
    expect(addressesOf('web')).toEqual(OURS);
  },
);

test.each([
  'null',
  '{"spec":{"holderIdentity":"other"}}',
  '{"metadata":{"resourceVersion":"7"},"spec":null}',
  'no JSON',
])('a server that answers %s for the Lease ends nothing', async body => {
  const sane = server.faults.answer({ path: /\/leases/, body });
  const one = stage.start('one');
  await stage.pass(30_000);
  sane();
  await stage.pass(60_000);
  expect(one.leads()).toBe(true);
});

test('a status that may not be written is said once, and written when it may be', async () => {
  server.put(withStatus('web'));
  const allow = server.faults.forbid('ingresses/status', 'patch');
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(35_000);
  expect(one.events.filter(({ kind }) => kind === 'trouble')).toEqual([
    { kind: 'trouble', what: 'status', problem: expect.stringContaining('cannot patch') as string, retryInMs: 10_000 },
  ]);
  allow();
  await stage.pass(10_000);
  expect(addressesOf('web')).toEqual(OURS);
});

test.each(['networking.k8s.io/v1beta1', 'extensions/v1beta1'])(
  'a server that has only %s is written in it',
  async version => {
    server.serve(['v1', 'coordination.k8s.io/v1', version]);
    server.put(withStatus('web'));
    const one = stage.start('one');
    one.update(named('web'));
    await stage.pass(1_000);
    expect(patches()).toEqual([`/apis/${version}/namespaces/shop/ingresses/web/status`]);
    await one.stop();
    expect(addressesOf('web')).toBeUndefined();
  },
);

test('a clean end takes our address back and gives the Lease away', async () => {
  server.put(withStatus('web'), withStatus('api'), withStatus('other', OURS));
  const one = stage.start('one');
  one.update(named('web', 'api'));
  await stage.pass(1_000);
  server.put(withStatus('api', [...OURS, { ip: '203.0.113.9' }]));
  await one.stop();
  expect([addressesOf('web'), addressesOf('api'), addressesOf('other')]).toEqual([
    undefined,
    [{ ip: '203.0.113.9' }],
    OURS,
  ]);
  expect(server.get('leases', 'default', 'ingress2nginx-nginx')).toMatchObject({ spec: { holderIdentity: '' } });
  expect(one.events.slice(-2)).toEqual([
    { kind: 'published', ingresses: 2, addresses: [] },
    { kind: 'leader', isLeader: false, holder: '' },
  ]);
});

test('of two exactly one leads, and the other takes over at the end of the first', async () => {
  server.put(withStatus('web'));
  const both = [stage.start('one'), stage.start('two', { addresses: [{ hostname: 'two.example.net' }] })] as const;
  for (const instance of both) instance.update(named('web'));
  await stage.pass(60_000);
  expect(both.filter(instance => instance.leads()).length).toBe(1);
  const [first, second] = both[0].leads() ? both : ([both[1], both[0]] as const);
  await first.stop();
  await stage.pass(5_500);
  expect(second.leads()).toBe(true);
  expect(addressesOf('web')).toEqual(first === both[0] ? [{ hostname: 'two.example.net' }] : OURS);
  expect(stage.mostLeaders()).toBe(1);
});

test('a leader that is cut off writes no more before the other takes over', async () => {
  server.put(withStatus('web'));
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(1_000);
  const two = stage.start('two', { addresses: [{ ip: '192.0.2.2' }] });
  two.update(named('web'));
  await stage.pass(10_000);
  one.cutOff();
  await stage.pass(10_500);
  expect([one.leads(), two.leads()]).toEqual([false, false]);
  await stage.pass(10_000);
  expect(two.leads()).toBe(true);
  expect(addressesOf('web')).toEqual([{ ip: '192.0.2.2' }]);
  one.reconnect();
  await stage.pass(130_000);
  expect([one.leads(), two.leads(), stage.mostLeaders()]).toEqual([false, true, 1]);
  expect(addressesOf('web')).toEqual([{ ip: '192.0.2.2' }]);
  // The end of one that does not lead takes nothing away.
  await one.stop();
  expect(addressesOf('web')).toEqual([{ ip: '192.0.2.2' }]);
});

test('a Lease that somebody holds is left alone as long as it is renewed', async () => {
  const renew = (second: number): void =>
    server.put({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'ingress2nginx-nginx', namespace: 'default' },
      spec: { holderIdentity: 'other', leaseDurationSeconds: 15, renewTime: `2020-01-01T00:00:${second}.000000Z` },
    });
  renew(10);
  const one = stage.start('one');
  for (let turn = 0; turn < 4; turn++) {
    await stage.pass(12_000);
    renew(20 + turn);
  }
  expect(one.events).toEqual([{ kind: 'leader', isLeader: false, holder: 'other' }]);
  // The clock of the other may be wrong by years: only silence counts.
  await stage.pass(22_000);
  expect(one.leads()).toBe(true);
  expect(server.get('leases', 'default', 'ingress2nginx-nginx')).toMatchObject({ spec: { leaseTransitions: 1 } });
});

test('a Lease that may not be written is said once, and nothing is published', async () => {
  server.put(withStatus('web'));
  server.faults.forbid('leases', 'create');
  const one = stage.start('one');
  one.update(named('web'));
  await stage.pass(60_000);
  expect(one.events).toEqual([
    { kind: 'trouble', what: 'lease', problem: expect.stringContaining('cannot create') as string, retryInMs: 5_000 },
  ]);
  expect(addressesOf('web')).toBeUndefined();
});

test('a Lease that is deleted is made again by its leader', async () => {
  const one = stage.start('one');
  await stage.pass(1_000);
  server.remove('leases', 'default', 'ingress2nginx-nginx');
  await stage.pass(8_000);
  expect(one.leads()).toBe(true);
  expect(one.events.length).toBe(1);
});

test('only the namespaces that are watched are asked for', async () => {
  server.put(withStatus('web'));
  stage.start('one', { namespaces: ['billing', 'shop'] }).update(named('web'));
  await stage.pass(1_000);
  expect(addressesOf('web')).toEqual(OURS);
  expect(server.requests.some(({ url }) => url === '/apis/networking.k8s.io/v1/ingresses')).toBe(false);
});

test('while the server is away nothing ends, and afterwards everything is written', async () => {
  const one = stage.start('one');
  await stage.pass(1_000);
  await server.faults.goAway();
  server.put(withStatus('web'));
  one.update(named('web'));
  await stage.pass(30_000);
  expect(one.leads()).toBe(false);
  await server.faults.comeBack();
  await stage.pass(30_000);
  expect(one.leads()).toBe(true);
  expect(addressesOf('web')).toEqual(OURS);
});
