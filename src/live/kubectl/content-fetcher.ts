import { failure } from '../../diagnostics/failure.ts';
import type { EventSink } from '../events.ts';
import type { Clock } from '../clock.ts';
import type { KubeApi } from './api.ts';
import type { CoreType, Scope } from './api-types.ts';
import type { ContentStore } from './content-store.ts';
import { listAll } from './list.ts';
import { pauseFor } from '../pause.ts';
import type { Pace } from './retries.ts';
import { countRetries } from './retries.ts';
import { tellOnce } from './tell-once.ts';

/** Fetches the contents that a store wants. */
export interface ContentFetcher {
  /** Looks whether there is something to fetch. */
  look(): void;
  stop(): Promise<void>;
}

export interface FetcherSettings {
  readonly api: KubeApi;
  readonly type: CoreType;
  readonly store: ContentStore;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly onEvent: EventSink;
  readonly onChange: (cause: string) => void;
}

/** So many of one namespace are fetched by a list. */
const MANY = 10;
/** They reach 1 MiB each. */
const PAGE = 50;
const AT_ONCE = 8;
/** Somebody waits for them. */
const LONGEST_PAUSE_MS = 5_000;

/** A part of what is stale, fetched by one list: one object, or those of a namespace. */
interface Errand {
  readonly scope: Scope;
  /** By key, with the version that is known. */
  readonly asked: ReadonlyMap<string, string>;
}

export function createContentFetcher(settings: FetcherSettings): ContentFetcher {
  const { type, store, pace, clock } = settings;
  const tell = tellOnce(settings.onEvent, `${type.name}s`);
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopped = (): boolean => signal.aborted;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    const retries = countRetries({ ...pace, longestMs: Math.min(pace.longestMs, LONGEST_PAUSE_MS) });
    for (let stale = store.stale(); stale.size > 0 && !isStopped(); stale = store.stale()) {
      const problem = await runAll(errandsOf(stale), errand => fetchOne(settings, errand, { signal, tell }));
      if (problem === undefined) retries.wentWell();
      if (problem === undefined || isStopped()) continue;
      const retryInMs = retries.pauseAfter(failure(problem), 0);
      tell(problem, retryInMs);
      await pauseFor(clock, retryInMs, signal);
    }
  };

  const look = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      // It may have been called after the last look and before this.
      if (store.stale().size > 0 && !isStopped()) look();
    });
  };

  return {
    look,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function errandsOf(stale: ReadonlyMap<string, string>): readonly Errand[] {
  const byNamespace = new Map<string, Map<string, string>>();
  for (const [key, version] of stale) {
    const namespace = key.slice(0, key.indexOf('/'));
    const others = byNamespace.get(namespace) ?? new Map<string, string>();
    byNamespace.set(namespace, others.set(key, version));
  }
  return [...byNamespace].flatMap(([namespace, asked]): readonly Errand[] => {
    if (asked.size > MANY) return [{ scope: { namespace }, asked }];
    return [...asked].map(([key, version]) => ({
      scope: { namespace, name: key.slice(namespace.length + 1) },
      asked: new Map([[key, version]]),
    }));
  });
}

interface Fetching {
  readonly signal: AbortSignal;
  readonly tell: (problem: string) => void;
}

/** Lists, because whoever may list objects may not always get one. Gives the problem that is worth a retry. */
async function fetchOne(
  { api, type, store, onChange }: FetcherSettings,
  { scope, asked }: Errand,
  { signal, tell }: Fetching,
): Promise<string | undefined> {
  const isWanted = (key: string): boolean => asked.has(key);
  const { form } = type;
  const request = { api, type, form, scope, signal, onWrongObject: tell, pageSize: PAGE, isWanted };
  const listed = await listAll(request);
  if (signal.aborted) return undefined;
  if (listed.kind === 'unreachable') return listed.problem;
  if (listed.kind === 'refused' && !isDenial(listed)) return listed.message;
  if (listed.kind === 'refused') tell(listed.message);
  const objects = new Map(listed.kind === 'listed' ? listed.objects.map(object => [object.key, object]) : []);
  for (const [key, version] of asked) {
    const cause = listed.kind === 'listed' ? store.fetched(key, version, objects.get(key)) : store.denied(key, version);
    if (cause !== undefined) onChange(cause);
  }
  return undefined;
}

function isDenial({ code }: { readonly code: number }): boolean {
  return code === 403 || code === 404;
}

/** Runs errands, a few at once; gives the first problem. */
async function runAll(
  errands: readonly Errand[],
  run: (errand: Errand) => Promise<string | undefined>,
): Promise<string | undefined> {
  const left = [...errands];
  let problem: string | undefined;
  const work = async (): Promise<void> => {
    for (let errand = left.shift(); errand !== undefined && problem === undefined; errand = left.shift()) {
      problem = (await run(errand)) ?? problem;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return problem;
}
