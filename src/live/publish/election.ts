import type { Failure } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import type { BackoffPace } from '../backoff.ts';
import { backoffMs } from '../backoff.ts';
import type { EventSink } from '../events.ts';
import { problemOf } from '../kubectl/answer.ts';
import type { ApiAnswer, KubeApi } from '../kubectl/api.ts';
import type { Clock } from '../clock.ts';
import type { LeaseName, LeaseRecord } from './lease.ts';
import { RENEW_DEADLINE_MS, RENEW_EVERY_MS, heldLease, readLease, releasedLease } from './lease.ts';

export interface ElectionParts {
  readonly api: KubeApi;
  readonly lease: LeaseName;
  readonly clock: Clock;
  readonly onEvent: EventSink;
  /** Called when this process begins or ceases to lead. */
  readonly onChange: (isLeader: boolean) => void;
}

export interface Election {
  /** Whether no other instance can have taken over by now. */
  isLeader(): boolean;
  /** Gives the Lease away, if it is ours. */
  stop(): Promise<void>;
}

/** Two attempts fit in before a leader has to give up. */
const REQUEST_MS = 4_000;
const RETRY_WHILE_LEADING_MS = 1_000;
/** Where the server says no, for lack of rights or of the namespace: nothing changes within seconds. */
const PACE: BackoffPace = { firstMs: RENEW_EVERY_MS, longestMs: 30_000 };

type Attempt =
  | { readonly kind: 'held'; readonly record: LeaseRecord }
  | { readonly kind: 'other'; readonly record: LeaseRecord }
  /** Somebody was quicker: look again. */
  | { readonly kind: 'raced' }
  | Failure;

interface State {
  /** What we read or wrote last, and when it last changed, by our own clock: that of others may be wrong. */
  seen: LeaseRecord | undefined;
  seenAt: number;
  /** When we cease to lead; undefined when we don't. */
  leadsUntil: number | undefined;
  /** What was said last, so that it is said once. */
  told: string;
  failures: number;
  isStopping: boolean;
  cancelStep: () => void;
  cancelLoss: () => void;
}

/**
 * Takes part in the election of the instance that publishes. Whoever writes the Lease leads until 10 s after it began to
 * write it; others take it when it has not changed for 15 s.
 * Source: client-go 0.29, tools/leaderelection/leaderelection.go.
 */
export function openElection(parts: ElectionParts): Election {
  const { clock } = parts;
  const nothing = (): void => {};
  const state: State = {
    seen: undefined,
    seenAt: clock.now(),
    leadsUntil: undefined,
    told: '',
    failures: 0,
    isStopping: false,
    cancelStep: nothing,
    cancelLoss: nothing,
  };
  let step = Promise.resolve();
  const stepAndWait = async (): Promise<void> => {
    const waitMs = await takeStep(parts, state);
    if (!state.isStopping) state.cancelStep = clock.after(waitMs, run);
  };
  const run = (): void => {
    step = stepAndWait();
  };
  run();
  return {
    isLeader: () => leads(parts, state),
    async stop() {
      state.isStopping = true;
      state.cancelStep();
      await step;
      state.cancelLoss();
      await release(parts, state);
      if (state.leadsUntil !== undefined) lose(parts, state, '');
    },
  };
}

function leads({ clock }: ElectionParts, { leadsUntil }: State): boolean {
  return leadsUntil !== undefined && clock.now() < leadsUntil;
}

/** One attempt, and how long to wait before the next. */
async function takeStep(parts: ElectionParts, state: State): Promise<number> {
  const { clock } = parts;
  const sentAt = clock.now();
  const attempt = await tryToHold(parts, state);
  switch (attempt.kind) {
    case 'held':
      note(parts, state, attempt.record);
      lead(parts, state, sentAt + RENEW_DEADLINE_MS);
      return RENEW_EVERY_MS;
    case 'other': {
      note(parts, state, attempt.record);
      lose(parts, state, attempt.record.holder);
      return Math.max(1, Math.min(RENEW_EVERY_MS, expiryOf(state, attempt.record) - clock.now()));
    }
    case 'raced':
      return RETRY_WHILE_LEADING_MS;
    case 'failed':
      return troubled(parts, state, attempt.problem);
  }
}

function troubled({ onEvent }: ElectionParts, state: State, problem: string): number {
  state.failures++;
  const retryInMs = state.leadsUntil === undefined ? backoffMs(state.failures, PACE) : RETRY_WHILE_LEADING_MS;
  const text = `trouble ${problem}`;
  if (state.told !== text) onEvent({ kind: 'trouble', what: 'lease', problem, retryInMs });
  state.told = text;
  return retryInMs;
}

/** Remembers a record, and when it changed. */
function note({ clock }: ElectionParts, state: State, record: LeaseRecord): void {
  state.failures = 0;
  if (record.resourceVersion === state.seen?.resourceVersion) return;
  state.seen = record;
  state.seenAt = clock.now();
}

function expiryOf({ seenAt }: State, { durationMs }: LeaseRecord): number {
  return seenAt + durationMs;
}

function lead(parts: ElectionParts, state: State, until: number): void {
  const { clock, lease, onEvent, onChange } = parts;
  const began = !leads(parts, state);
  state.leadsUntil = until;
  state.cancelLoss();
  state.cancelLoss = clock.after(until - clock.now(), () => lose(parts, state, ''));
  tell(state, `leader ${lease.identity}`, () => onEvent({ kind: 'leader', isLeader: true, holder: lease.identity }));
  if (began) onChange(true);
}

/** @param holder Who leads instead; empty when nobody is known to. */
function lose({ onEvent, onChange }: ElectionParts, state: State, holder: string): void {
  const didLead = state.leadsUntil !== undefined;
  state.leadsUntil = undefined;
  state.cancelLoss();
  tell(state, `leader ${holder}`, () => onEvent({ kind: 'leader', isLeader: false, holder }));
  if (didLead) onChange(false);
}

function tell(state: State, text: string, say: () => void): void {
  if (state.told === text) return;
  state.told = text;
  say();
}

async function tryToHold(parts: ElectionParts, state: State): Promise<Attempt> {
  const { lease, clock } = parts;
  // Our own record is renewed without looking; if it is not what stands there any more, the server says so.
  if (state.seen?.holder === lease.identity && leads(parts, state)) {
    const renewed = await write(parts, 'PUT', state.seen);
    if (renewed.kind !== 'raced') return renewed;
  }
  const read = await parts.api.request({ method: 'GET', path: pathOf(lease), timeoutMs: REQUEST_MS });
  if (read.kind === 'refused' && read.code === 404) return write(parts, 'POST', undefined);
  if (read.kind !== 'ok') return failure(problemOf(read));
  const record = readLease(read.value);
  if (record === undefined) return failure('the API server did not answer with a Lease');
  if (record.holder === '' || record.holder === lease.identity) return write(parts, 'PUT', record);
  const isChanged = record.resourceVersion !== state.seen?.resourceVersion;
  if (isChanged || clock.now() < expiryOf(state, record)) return { kind: 'other', record };
  return write(parts, 'PUT', record);
}

async function write({ api, lease }: ElectionParts, method: 'POST' | 'PUT', earlier: LeaseRecord | undefined) {
  const path = method === 'POST' ? folderOf(lease) : pathOf(lease);
  const body = heldLease(lease, earlier, Date.now());
  return attemptOf(await api.request({ method, path, body, timeoutMs: REQUEST_MS }));
}

function attemptOf(answer: ApiAnswer): Attempt {
  if (answer.kind !== 'ok') {
    // Created, changed or deleted by somebody else in between; a namespace that is not there is no race.
    const isRaced = answer.kind === 'refused' && (answer.code === 409 || isGone(answer));
    return isRaced ? { kind: 'raced' } : failure(problemOf(answer));
  }
  const record = readLease(answer.value);
  return record === undefined ? failure('the API server did not answer with a Lease') : { kind: 'held', record };
}

function isGone({ code, message }: Extract<ApiAnswer, { kind: 'refused' }>): boolean {
  return code === 404 && message.startsWith('leases.coordination.k8s.io ');
}

async function release(parts: ElectionParts, { seen }: State): Promise<void> {
  const { api, lease, onEvent } = parts;
  if (seen?.holder !== lease.identity) return;
  const body = releasedLease(lease, seen, Date.now());
  const answer = await api.request({ method: 'PUT', path: pathOf(lease), body, timeoutMs: REQUEST_MS });
  // Others wrote it meanwhile, or it was deleted: there is nothing to give away.
  if (answer.kind === 'ok' || (answer.kind === 'refused' && [404, 409].includes(answer.code))) return;
  onEvent({ kind: 'trouble', what: 'lease', problem: `the Lease was not released: ${problemOf(answer)}` });
}

function folderOf({ namespace }: LeaseName): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

function pathOf(lease: LeaseName): string {
  return `${folderOf(lease)}/${lease.name}`;
}
