import type { Unit } from '../../resources/unit.ts';
import type { Clock } from '../clock.ts';
import type { EventSink } from '../events.ts';
import type { KubeApi } from './api.ts';
import type { ApiType, Scope } from './api-types.ts';
import type { PartState, TypeState } from './input-states.ts';
import type { Reflector, ReflectorSettings } from './reflector.ts';
import { startReflector } from './reflector.ts';
import type { Pace } from './retries.ts';
import { createStore } from './store.ts';

/** What the watches of all types share. */
export interface WatchContext {
  readonly api: KubeApi;
  /** What annotations of the controller begin with, slash included. */
  readonly annotationsPrefix: string | undefined;
  readonly onEvent: EventSink;
  readonly resyncSeconds: number;
  readonly clock: Clock;
  readonly pace: Pace;
  /** Called with what changed, perhaps nothing, whenever something was listed, changed or refused. */
  readonly onChange: (causes: readonly string[]) => void;
  /** Called when a server answered. */
  readonly onAnswer: () => void;
}

/** What the parts of one type share. */
export interface PartContext extends WatchContext {
  readonly state: TypeState;
  readonly onWrongObject: (problem: string) => void;
}

/** The objects of one type in one part of the cluster, listed and watched as one. */
export interface Part {
  readonly reflector: Reflector;
  units(): readonly Unit[];
  size(): number;
  stop(): Promise<void>;
}

/** What is done with objects that come, and with an answer that is none; all say what changed by it. */
export interface Intake {
  readonly onList: (...listed: Parameters<ReflectorSettings['onList']>) => readonly string[];
  readonly onChange: (...change: Parameters<ReflectorSettings['onChange']>) => readonly string[];
  readonly onState?: () => readonly string[];
}

/** Follows a part, and tells its type of it. */
export function reflectPart(
  { type, scope, part }: { readonly type: ApiType; readonly scope: Scope; readonly part: PartState },
  intake: Intake,
  context: PartContext,
): Reflector {
  const { api, resyncSeconds, pace, clock, state, onWrongObject } = context;
  return startReflector({
    api,
    type,
    scope,
    resyncSeconds,
    pace,
    clock,
    onWrongObject,
    onState(reached) {
      part.onState(reached);
      context.onChange(intake.onState?.() ?? []);
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
  });
}

/** Keeps all objects of a part. */
export function openWholePart(type: ApiType, scope: Scope, context: PartContext): Part {
  const store = createStore(context.annotationsPrefix);
  const part = context.state.addPart(type.isNeeded);
  const intake: Intake = {
    onList: (objects, form) => store.replace(objects, form),
    onChange: (change, form) => store.apply(change, form),
  };
  const reflector = reflectPart({ type, scope, part }, intake, context);
  return {
    reflector,
    units: () => store.units(),
    size: () => store.size(),
    stop: () => reflector.stop(),
  };
}
