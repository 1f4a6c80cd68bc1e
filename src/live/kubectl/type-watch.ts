import type { EventSink } from '../events.ts';
import type { Clock } from '../clock.ts';
import type { Unit } from '../../resources/unit.ts';
import type { KubeApi } from './api.ts';
import type { ApiType, Scope } from './api-types.ts';
import { createTypeState } from './input-states.ts';
import type { TypeState } from './input-states.ts';
import type { Reflector, ReflectorSettings } from './reflector.ts';
import { startReflector } from './reflector.ts';
import type { Pace } from './retries.ts';
import { createSecretFetcher } from './secret-fetcher.ts';
import { createSecretStore } from './secret-store.ts';
import { tellOnce } from './tell-once.ts';
import { createStore } from './store.ts';

/** What the watches of all types share. */
export interface WatchContext {
  readonly api: KubeApi;
  readonly onEvent: EventSink;
  readonly resyncSeconds: number;
  readonly clock: Clock;
  readonly pace: Pace;
  /** Called with what changed, perhaps nothing, whenever something was listed, changed or refused. */
  readonly onChange: (causes: readonly string[]) => void;
  /** Called when a server answered. */
  readonly onAnswer: () => void;
}

/** One type of object, in one or several parts of the cluster. */
export interface TypeWatch {
  /** Whether a configuration may be made of what is known of this type. */
  isKnown(): boolean;
  units(): readonly Unit[];
  /** See LiveInput; true for other types than Secrets. */
  wantSecrets(keys: ReadonlySet<string>): boolean;
  resync(): void;
  /** Tries again what nobody answered. */
  retry(): void;
  stop(): Promise<void>;
}

export function watchType(type: ApiType, scopes: readonly Scope[], context: WatchContext): TypeWatch {
  const { onEvent, clock } = context;
  const parts: Part[] = [];
  const count = (): number => parts.reduce((sum, part) => sum + part.size(), 0);
  const state = createTypeState({ type: type.name, count, onEvent, clock });
  const tell = tellOnce(onEvent, type.name);
  const onWrongObject = (problem: string): void => tell(`${problem}; skipped`);
  const shared = { type, state, onWrongObject, context };
  const watch = type.onlyMetadata ? watchSecrets : watchObjects;
  for (const scope of scopes) parts.push(watch(scope, shared));
  return {
    isKnown: () => (type.isNeeded ? state.isListed() : state.isAnswered()),
    units: () => parts.flatMap(part => part.units()),
    wantSecrets: keys => parts.map(part => part.wantSecrets(keys)).every(Boolean),
    resync: () => parts.forEach(part => part.reflector.resync()),
    retry: () => parts.forEach(part => part.reflector.retry()),
    async stop() {
      state.stop();
      await Promise.all(parts.map(part => part.stop()));
    },
  };
}

interface Part {
  readonly reflector: Reflector;
  units(): readonly Unit[];
  size(): number;
  wantSecrets(keys: ReadonlySet<string>): boolean;
  stop(): Promise<void>;
}

interface Shared {
  readonly type: ApiType;
  readonly state: TypeState;
  readonly onWrongObject: (problem: string) => void;
  readonly context: WatchContext;
}

function watchObjects(scope: Scope, shared: Shared): Part {
  const store = createStore();
  const reflector = startReflector(
    reflectorSettings(scope, shared, {
      onList: (objects, form) => store.replace(objects, form),
      onChange: (change, form) => store.apply(change, form),
    }),
  );
  return {
    reflector,
    units: () => store.units(),
    size: () => store.size(),
    wantSecrets: () => true,
    stop: () => reflector.stop(),
  };
}

function watchSecrets(scope: Scope, shared: Shared): Part {
  const { api, pace, clock, onEvent, onChange } = shared.context;
  const store = createSecretStore();
  const fetcher = createSecretFetcher({ api, store, pace, clock, onEvent, onChange: cause => onChange([cause]) });
  const reflector = startReflector(
    reflectorSettings(scope, shared, {
      onList(objects) {
        const causes = store.replace(objects);
        fetcher.look();
        return causes;
      },
      onChange(change) {
        const causes = store.apply(change);
        fetcher.look();
        return causes;
      },
    }),
  );
  return {
    reflector,
    units: () => store.units(),
    size: () => store.size(),
    wantSecrets(keys) {
      store.want(keys);
      fetcher.look();
      return !store.isMissing();
    },
    async stop() {
      await Promise.all([reflector.stop(), fetcher.stop()]);
    },
  };
}

/** What is done with objects that come; both say what changed by it. */
interface Intake {
  readonly onList: (...listed: Parameters<ReflectorSettings['onList']>) => readonly string[];
  readonly onChange: (...change: Parameters<ReflectorSettings['onChange']>) => readonly string[];
}

function reflectorSettings(scope: Scope, shared: Shared, intake: Intake): ReflectorSettings {
  const { type, state, onWrongObject, context } = shared;
  const { api, resyncSeconds, pace, clock } = context;
  const part = state.addPart();
  return {
    api,
    type,
    scope,
    resyncSeconds,
    pace,
    clock,
    onWrongObject,
    onState(reached) {
      part.onState(reached);
      context.onChange([]);
    },
    onForm: ({ kind }) => state.onKind(kind),
    onList(objects, form) {
      part.onList();
      const causes = intake.onList(objects, form);
      state.onChange();
      context.onAnswer();
      context.onChange(causes);
    },
    onChange(change, form) {
      const causes = intake.onChange(change, form);
      state.onChange();
      context.onChange(causes);
    },
  };
}
