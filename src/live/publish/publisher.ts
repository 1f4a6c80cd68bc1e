import { keyOfObject } from '../../cluster/object-name.ts';
import type { EventSink } from '../events.ts';
import type { KubeApi } from '../kubectl/api.ts';
import type { Clock } from '../clock.ts';
import type { StatusAddress } from './address.ts';
import { shownAddress } from './address.ts';
import { openElection } from './election.ts';
import type { IngressName } from './ingress-status.ts';
import { openStatusApi } from './ingress-status.ts';
import type { LeaseName } from './lease.ts';
import type { Ledger } from './ledger.ts';
import { openLedger, withdraw } from './ledger.ts';

export interface PublisherParts {
  readonly api: KubeApi;
  /** Not empty. */
  readonly addresses: readonly StatusAddress[];
  readonly lease: LeaseName;
  /** Those that are watched; none for all of them. */
  readonly namespaces: readonly string[];
  readonly onEvent: EventSink;
  readonly clock: Clock;
}

export interface WantedIngress extends IngressName {
  /** Milliseconds since 1970; tells one from another that had its name before. */
  readonly createdAt?: number | undefined;
}

/** Writes into the status of Ingresses where they are reached, while this instance is the one that does. */
export interface Publisher {
  /** Says which Ingresses are served now. Those that no longer are lose the addresses that they got from us. */
  update(ingresses: readonly WantedIngress[]): void;
  /** Takes our addresses out of all of them and lets another instance lead. Does nothing of it unless we lead. */
  stop(): Promise<void>;
}

/** How often everything is compared with what the server has; others may have written it. */
const CHECK_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
const LONGEST_WITHDRAWAL_MS = 20_000;

/** One time of leading. */
interface Term {
  readonly ending: AbortController;
  readonly ledger: Ledger;
  hasTold: boolean;
}

interface Work {
  wanted: ReadonlyMap<string, WantedIngress>;
  term: Term | undefined;
  running: Promise<void> | undefined;
  /** What came while it ran. */
  next: 'nothing' | 'changes' | 'all';
  isStopping: boolean;
  told: string;
  cancelTimer: () => void;
}

/** Starts to take part in the election, and to publish once it is won. */
export function openPublisher(parts: PublisherParts): Publisher {
  const { api, namespaces } = parts;
  const cancelTimer = (): void => {};
  const work: Work = {
    wanted: new Map(),
    term: undefined,
    running: undefined,
    next: 'nothing',
    isStopping: false,
    told: '',
    cancelTimer,
  };
  const election = openElection({
    ...parts,
    onChange(isLeader) {
      work.cancelTimer();
      work.term?.ending.abort();
      work.term = isLeader ? startTerm(parts, () => election.isLeader()) : undefined;
      if (isLeader) wake(parts, work, 'all');
    },
  });
  return {
    update(ingresses) {
      const earlier = work.wanted;
      work.wanted = new Map(ingresses.map(name => [keyOfObject(name.namespace, name.name), name]));
      for (const [key, { createdAt }] of work.wanted) {
        if (earlier.has(key) && earlier.get(key)?.createdAt !== createdAt) work.term?.ledger.forget(key);
      }
      wake(parts, work, 'changes');
    },
    async stop() {
      work.isStopping = true;
      work.cancelTimer();
      await work.running;
      if (work.term !== undefined && election.isLeader()) {
        const status = openStatusApi(api, namespaces, AbortSignal.timeout(LONGEST_WITHDRAWAL_MS));
        const { written, problem } = await withdraw(status, {
          names: [...work.wanted.keys(), ...work.term.ledger.published()],
          addresses: parts.addresses,
          isAllowed: () => election.isLeader(),
        });
        if (written > 0) parts.onEvent({ kind: 'published', ingresses: written, addresses: [] });
        if (problem !== undefined) {
          parts.onEvent({ kind: 'trouble', what: 'status', problem: `it was not removed everywhere: ${problem}` });
        }
      }
      await election.stop();
    },
  };
}

function startTerm({ api, addresses, namespaces }: PublisherParts, isLeader: () => boolean): Term {
  const ending = new AbortController();
  const status = openStatusApi(api, namespaces, ending.signal);
  return {
    ending,
    ledger: openLedger({ status, addresses, isAllowed: () => !ending.signal.aborted && isLeader() }),
    hasTold: false,
  };
}

/** One pass after the other; what comes meanwhile is done in the next. */
function wake(parts: PublisherParts, work: Work, what: 'changes' | 'all'): void {
  if (work.next !== 'all') work.next = what;
  if (work.running !== undefined || work.isStopping) return;
  work.running = passes(parts, work);
}

async function passes(parts: PublisherParts, work: Work): Promise<void> {
  // Calls of the same moment make one pass.
  await Promise.resolve();
  while (work.next !== 'nothing' && work.term !== undefined && !work.isStopping) {
    const isFull = work.next === 'all';
    work.next = 'nothing';
    await pass(parts, work, { term: work.term, isFull });
  }
  work.next = 'nothing';
  work.running = undefined;
}

interface Pass {
  readonly term: Term;
  readonly isFull: boolean;
}

async function pass(parts: PublisherParts, work: Work, { term, isFull }: Pass): Promise<void> {
  const { addresses, clock, onEvent } = parts;
  const { written, holding, problem } = await term.ledger.bringUpToDate(work.wanted, {
    isFull,
    isOver: () => work.isStopping,
  });
  if (term.ending.signal.aborted || work.isStopping) return;
  if (problem === undefined) work.told = '';
  if (written > 0 || (!term.hasTold && holding > 0)) {
    term.hasTold = true;
    onEvent({ kind: 'published', ingresses: holding, addresses: addresses.map(shownAddress) });
  }
  if (problem !== undefined) trouble(parts, work, problem);
  if (isFull || problem !== undefined) {
    work.cancelTimer();
    const waitMs = problem === undefined ? CHECK_EVERY_MS : RETRY_AFTER_MS;
    work.cancelTimer = clock.after(waitMs, () => wake(parts, work, 'all'));
  }
}

/** Says it once, as long as it is the same. */
function trouble({ onEvent }: PublisherParts, work: Work, problem: string): void {
  if (work.told !== problem) onEvent({ kind: 'trouble', what: 'status', problem, retryInMs: RETRY_AFTER_MS });
  work.told = problem;
}
