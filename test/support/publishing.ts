import type { LiveEvent } from '../../src/live/events.ts';
import type { KubeApi } from '../../src/live/kubectl/api.ts';
import { openKubeApi } from '../../src/live/kubectl/open-api.ts';
import type { Publisher, PublisherParts } from '../../src/live/publish/publisher.ts';
import { openPublisher } from '../../src/live/publish/publisher.ts';
import { handClock } from './hand-clock.ts';

/** One of several programs that publish, all in this process and on one clock. */
export interface Instance extends Publisher {
  readonly events: readonly LiveEvent[];
  /** What its last event said. */
  readonly leads: () => boolean;
  /** It reaches the server no more, as with a cable that is pulled. */
  readonly cutOff: () => void;
  readonly reconnect: () => void;
}

export interface Stage {
  readonly start: (identity: string, parts?: Partial<PublisherParts>) => Instance;
  /** Lets time pass, and every request be answered in its own second. */
  readonly pass: (ms: number) => Promise<void>;
  /** The most instances that led at the same moment. */
  readonly mostLeaders: () => number;
  readonly close: () => Promise<void>;
}

const STEP_MS = 500;

/** Opens the way to a server, with a real kubectl, and a clock that only the test moves. */
export async function openStage(kubeconfig: string, context?: string): Promise<Stage> {
  const opened = await openKubeApi({ kubeconfig, context });
  if (opened.kind === 'failed') throw new Error(opened.problem);
  const clock = handClock();
  const traffic = { open: 0 };
  const instances: Instance[] = [];
  let most = 0;
  const count = (): void => {
    most = Math.max(most, instances.filter(instance => instance.leads()).length);
  };
  const idle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet = traffic.open === 0 ? quiet + 1 : 0) {
      await new Promise(done => void setImmediate(done));
    }
    count();
  };
  return {
    start(identity, parts = {}) {
      const wire = { isCut: false };
      const events: LiveEvent[] = [];
      const publisher = openPublisher({
        api: traced(opened.api, traffic, wire),
        addresses: [{ ip: '192.0.2.1' }],
        lease: { namespace: 'default', name: 'ingress2nginx-nginx', identity },
        namespaces: [],
        clock,
        onEvent(event) {
          events.push(event);
          count();
        },
        ...parts,
      });
      const leads = (): boolean => {
        const last = events.findLast(event => event.kind === 'leader');
        return last?.kind === 'leader' && last.isLeader;
      };
      const instance: Instance = {
        ...publisher,
        events,
        leads,
        cutOff: () => void (wire.isCut = true),
        reconnect: () => void (wire.isCut = false),
      };
      instances.push(instance);
      return instance;
    },
    async pass(ms) {
      await idle();
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        await clock.pass(STEP_MS);
        await idle();
      }
    },
    mostLeaders: () => most,
    async close() {
      await Promise.all(instances.map(instance => instance.stop()));
      await opened.api.close();
    },
  };
}

function traced(api: KubeApi, traffic: { open: number }, wire: { readonly isCut: boolean }): KubeApi {
  return {
    ...api,
    async request(request) {
      if (wire.isCut) return { kind: 'unreachable', problem: 'the cable is pulled' };
      traffic.open++;
      try {
        return await api.request(request);
      } finally {
        traffic.open--;
      }
    },
  };
}
