import { expect, test } from 'vitest';

import type { KubeApi } from '../../../../src/live/kubectl/api.ts';
import { SERVICE } from '../../../../src/live/kubectl/api-types.ts';
import type { ReflectorState } from '../../../../src/live/kubectl/reflector.ts';
import { startReflector } from '../../../../src/live/kubectl/reflector.ts';
import { USUAL_PACE } from '../../../../src/live/kubectl/retries.ts';
import { MACHINE_CLOCK } from '../../../../src/live/clock.ts';

const WEB = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', resourceVersion: '7' } };

/** A server with one Service, whose watches say once that it was modified. */
const api: KubeApi = {
  request: () => Promise.resolve({ kind: 'ok', value: { metadata: { resourceVersion: '7' }, items: [WEB] } }),
  stream: (_, { onOpen, onLine, signal }) =>
    new Promise(resolve => {
      signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
      onOpen?.();
      onLine(JSON.stringify({ type: 'MODIFIED', object: WEB }));
    }),
  close: () => Promise.resolve(),
};

test.each([{ where: 'a list' as const }, { where: 'an event' as const }])(
  'a bug of ours that an object in $where sets off ends nothing: it is said, and tried again',
  async ({ where }) => {
    const stumble = (at: typeof where): void => {
      if (at === where) throw new TypeError('a bug');
    };
    const failed = new Promise<ReflectorState>(resolve => {
      const reflector = startReflector({
        api,
        type: SERVICE,
        scope: {},
        resyncSeconds: 300,
        pace: { ...USUAL_PACE, firstMs: 1 },
        clock: MACHINE_CLOCK,
        onForm: () => undefined,
        onState(state) {
          if (state.problem !== undefined) void reflector.stop().then(() => resolve(state));
        },
        onList: () => stumble('a list'),
        onChange: () => stumble('an event'),
        onWrongObject: () => undefined,
      });
    });
    expect(await failed).toMatchObject({ state: 'retrying', problem: 'internal error: a bug' });
  },
);
