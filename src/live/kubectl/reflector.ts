import type { Failure } from '../../diagnostics/failure.ts';
import { failure, internalError } from '../../diagnostics/failure.ts';
import type { InputState } from '../events.ts';
import type { Clock } from '../clock.ts';
import type { KubeApi, NoAnswer, StreamEnd } from './api.ts';
import type { ApiType, Scope, Served } from './api-types.ts';
import { collectionPath } from './api-types.ts';
import { findForm } from './discovery.ts';
import { listAll } from './list.ts';
import type { KubeObject } from './object.ts';
import { pauseFor } from '../pause.ts';
import type { CycleEnd, Pace } from './retries.ts';
import { countRetries } from './retries.ts';
import type { Change } from './watch-events.ts';
import { readEvent } from './watch-events.ts';

/** Keeps a copy of the objects of one type up to date. */
export interface Reflector {
  /** Lists again at once. */
  resync(): void;
  /** Ends a pause that waits for a server that did not answer. */
  retry(): void;
  stop(): Promise<void>;
}

export interface ReflectorSettings {
  readonly api: KubeApi;
  readonly type: ApiType;
  readonly scope: Scope;
  readonly resyncSeconds: number;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly onState: (state: ReflectorState) => void;
  /** The server has the type in this form. */
  readonly onForm: (form: Served) => void;
  /** All there is at one moment. */
  readonly onList: (objects: readonly KubeObject[], form: Served) => void;
  readonly onChange: (change: Change, form: Served) => void;
  /** Something is left out. */
  readonly onWrongObject: (problem: string) => void;
}

export interface ReflectorState {
  readonly state: InputState;
  readonly problem?: string;
  readonly retryInMs?: number;
}

/** A watch that lived for this part of its time ended as it should. */
const MOST_OF_IT = 0.8;

/** Lists, watches from there, lists again when the watch ends; and so on until it is stopped. */
export function startReflector(settings: ReflectorSettings): Reflector {
  const stopping = new AbortController();
  let interruption = new AbortController();
  let isUnanswered = false;
  const interrupt = (): void => interruption.abort();

  const run = async (): Promise<void> => {
    const retries = countRetries(settings.pace);
    settings.onState({ state: 'listing' });
    while (!stopping.signal.aborted) {
      interruption = new AbortController();
      const signal = AbortSignal.any([stopping.signal, interruption.signal]);
      const cycle = createCycle(settings, signal);
      const end: CycleEnd = await cycle.run().catch(failureOfOurs);
      if (signal.aborted) continue;
      if (cycle.isComplete()) retries.wentWell();
      const pauseMs = retries.pauseAfter(end, cycle.watchedMs());
      // An orderly end is no news, unless the server does not let us watch any more.
      if (end.kind !== 'ended' || pauseMs > 0) settings.onState(stateAfter(end, pauseMs));
      isUnanswered = end.kind === 'failed' && end.isUnanswered === true;
      await pauseFor(settings.clock, pauseMs, signal);
      isUnanswered = false;
    }
  };

  const ended = run();
  return {
    resync: interrupt,
    retry() {
      if (isUnanswered) interrupt();
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** A bug of ours, met in one object. It must end neither the watch of the others nor what is served. */
function failureOfOurs(error: unknown): Failure {
  return failure(internalError(error));
}

function stateAfter(end: CycleEnd, retryInMs: number): ReflectorState {
  if (end.kind === 'ended')
    return { state: 'retrying', problem: 'the API server closes every watch immediately', retryInMs };
  return { state: end.kind === 'refused' ? end.state : 'retrying', problem: end.problem, retryInMs };
}

/** One list with its watch. */
function createCycle(settings: ReflectorSettings, signal: AbortSignal) {
  const { api, type, scope, clock, resyncSeconds, onWrongObject } = settings;
  // Types must not all be listed again at the same moment.
  const seconds = Math.max(1, Math.round(resyncSeconds * (0.9 + Math.random() / 5)));
  let watchingSince: number | undefined;
  const watchedMs = (): number => (watchingSince === undefined ? 0 : clock.now() - watchingSince);

  const run = async (): Promise<CycleEnd> => {
    const found = await findForm(api, type, signal);
    if (found.kind === 'absent') {
      return { kind: 'refused', state: 'absent', problem: `the API server has no ${type.name}` };
    }
    if (found.kind !== 'served') return unanswered(endOf(found));
    const { form } = found;
    settings.onForm(form);
    const listed = await listAll({ api, type, form, scope, signal, onWrongObject });
    if (signal.aborted) return { kind: 'ended' };
    if (listed.kind !== 'listed') return unanswered(endOf(listed));
    settings.onList(listed.objects, form);
    return watch(form, listed.resourceVersion);
  };

  const watch = async (form: Served, resourceVersion: string): Promise<CycleEnd> => {
    const query = { watch: '1', allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds: String(seconds) };
    const over = new AbortController();
    let end: CycleEnd = { kind: 'ended' };
    const streamed = await api.stream(collectionPath(form, scope, query), {
      signal: AbortSignal.any([signal, over.signal]),
      silenceMs: seconds * 1_000 + settings.pace.graceMs,
      onlyMetadata: type.onlyMetadata,
      onOpen() {
        watchingSince = clock.now();
        settings.onState({ state: 'watching' });
      },
      onLine(line) {
        const stopped = take(line, form, settings);
        if (stopped === undefined) return;
        end = stopped;
        over.abort();
      },
    });
    return over.signal.aborted ? end : endOf(streamed);
  };

  return { run, watchedMs, isComplete: () => watchedMs() >= seconds * MOST_OF_IT * 1_000 };
}

/** Why the stream is over with this line; undefined when it goes on. */
function take(
  line: string,
  form: Served,
  { type, onChange, onWrongObject }: Pick<ReflectorSettings, 'type' | 'onChange' | 'onWrongObject'>,
): CycleEnd | undefined {
  try {
    const event = readEvent(line, form, type);
    if (event.kind === 'change') {
      event.problems.forEach(onWrongObject);
      onChange(event.change, form);
    }
    if (event.kind === 'unknown') onWrongObject(event.problem);
    if (event.kind === 'expired') return { kind: 'ended' };
    return event.kind === 'failed' ? event : undefined;
  } catch (error) {
    return failureOfOurs(error);
  }
}

/** Of a list: then a success of another type says that it is worth trying. */
function unanswered(end: CycleEnd): CycleEnd {
  return end.kind === 'failed' && end.retryAfterMs === undefined ? { ...end, isUnanswered: true } : end;
}

/** What an answer means for what comes next. */
function endOf(answer: NoAnswer | StreamEnd): CycleEnd {
  if (answer.kind === 'unreachable') return failure(answer.problem);
  if (answer.kind !== 'refused') return { kind: 'ended' };
  const { code, message, retryAfterMs } = answer;
  if (code === 410) return { kind: 'ended' };
  if (code === 403) return { kind: 'refused', state: 'forbidden', problem: message };
  if (code === 401)
    return { kind: 'refused', state: 'retrying', problem: `the API server rejects the credentials: ${message}` };
  if (code === 404) return { kind: 'refused', state: 'absent', problem: message };
  return { ...failure(message), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
