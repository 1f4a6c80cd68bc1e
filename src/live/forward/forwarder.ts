import type { EventSink } from '../events.ts';
import type { Clock } from '../clock.ts';
import { MACHINE_CLOCK } from '../clock.ts';
import type { Kubectl } from './forward-process.ts';
import { Forward } from './forward.ts';
import { openLocalPorts } from './local-ports.ts';

/** Local ports that lead to Services of a cluster, by `kubectl port-forward`. */
export interface Forwarder {
  /** The local port that leads to a port of a Service (`namespace/service:80`); undefined when none does yet. */
  readonly forwards: Pick<ReadonlyMap<string, number>, 'get'>;
  /**
   * Says which ports of Services are needed: their forwards are started, those of all others are ended. True when there
   * is nothing to wait for; else `onChange` will be called, in a few seconds at most.
   */
  want(keys: ReadonlySet<string>): boolean;
  /** Ends all of kubectl. */
  stop(): Promise<void>;
}

export interface ForwarderParts {
  readonly kubectl: Kubectl;
  readonly emit: EventSink;
  /** Local ports have changed, or need no longer be waited for. */
  readonly onChange: (cause: string) => void;
  /** Ports that nginx needs. */
  readonly avoid: readonly number[];
  readonly clock?: Clock;
}

/** Opens a forwarder; kubectl is started when something is wanted. */
export function openForwarder({ kubectl, emit, onChange, avoid, clock = MACHINE_CLOCK }: ForwarderParts): Forwarder {
  const localPorts = openLocalPorts(avoid);
  const byService = new Map<string, Forward>();
  const ending = new Set<Promise<void>>();

  function open(service: string): Forward {
    return new Forward({
      kubectl,
      service,
      localPorts,
      clock,
      onState: state => emit({ kind: 'forward', service, ...state }),
      onChange: () => onChange(`forward to ${service}`),
    });
  }

  function end(forward: Forward): void {
    const gone = forward.stop().finally(() => void ending.delete(gone));
    ending.add(gone);
  }

  return {
    forwards: {
      get(key) {
        const [service, port] = partsOf(key);
        return byService.get(service)?.localOf(port);
      },
    },
    want(keys) {
      const ports = portsByService(keys);
      for (const [service, forward] of byService) {
        if (ports.has(service)) continue;
        byService.delete(service);
        end(forward);
      }
      for (const [service, wanted] of ports) {
        const forward = byService.get(service) ?? open(service);
        byService.set(service, forward);
        forward.want(wanted);
      }
      return [...byService.values()].every(forward => forward.isSettled());
    },
    async stop() {
      for (const forward of byService.values()) end(forward);
      byService.clear();
      await Promise.all(ending);
    },
  };
}

function portsByService(keys: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<number>> {
  const ports = new Map<string, Set<number>>();
  for (const key of keys) {
    const [service, port] = partsOf(key);
    ports.set(service, (ports.get(service) ?? new Set()).add(port));
  }
  return ports;
}

/** `namespace/service:80` */
function partsOf(key: string): readonly [service: string, port: number] {
  const colon = key.lastIndexOf(':');
  return [key.slice(0, colon), Number(key.slice(colon + 1))];
}
