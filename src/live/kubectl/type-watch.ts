import type { Unit } from '../../resources/unit.ts';
import type { ApiType, CoreType, Scope } from './api-types.ts';
import { isWithin } from './api-types.ts';
import type { ContentPart } from './content-part.ts';
import { openContentPart } from './content-part.ts';
import { createTypeState } from './input-states.ts';
import type { Part, PartContext, WatchContext } from './part.ts';
import { openWholePart } from './part.ts';
import { tellOnce } from './tell-once.ts';

/** What is followed of one type. */
export type Followed =
  /** All objects of some parts of the cluster. */
  | { readonly type: ApiType; readonly whole: readonly Scope[]; readonly wanted?: undefined }
  /** And of others those that are wanted. */
  | { readonly type: CoreType; readonly whole: readonly Scope[]; readonly wanted: WantedScopes };

export interface WantedScopes {
  /** Where all names are listed from the start. */
  readonly first: readonly Scope[];
  /** Where they are listed as soon, and as long, as something is wanted that no other part has. */
  readonly scopeFor: (namespace: string) => Scope;
}

/** One type of object, in one or several parts of the cluster. */
export interface TypeWatch {
  /** As people call it. */
  readonly name: string;
  /** Whether a configuration may be made of what is known of this type. */
  isKnown(): boolean;
  units(): readonly Unit[];
  /** See LiveInput; true for types of which all is followed. */
  want(keys: ReadonlySet<string>): boolean;
  resync(): void;
  /** Tries again what nobody answered. */
  retry(): void;
  stop(): Promise<void>;
}

export function watchType(followed: Followed, context: WatchContext): TypeWatch {
  const { type, whole } = followed;
  const { onEvent, clock } = context;
  const parts: Part[] = [];
  let contents: Contents | undefined;
  const all = (): readonly Part[] => [...parts, ...(contents?.parts() ?? [])];
  const count = (): number => all().reduce((sum, part) => sum + part.size(), 0);
  const state = createTypeState({ type: type.name, count, onEvent, clock });
  const tell = tellOnce(onEvent, type.name);
  const shared = { ...context, state, onWrongObject: (problem: string): void => tell(`${problem}; skipped`) };
  for (const scope of whole) parts.push(openWholePart(type, scope, shared));
  if (followed.wanted !== undefined) contents = followContents(followed, shared);
  return {
    name: type.name,
    isKnown: () => state.isKnown(),
    units: () => all().flatMap(part => part.units()),
    want: keys => contents?.want(keys) ?? true,
    resync: () => all().forEach(part => part.reflector.resync()),
    retry: () => all().forEach(part => part.reflector.retry()),
    async stop() {
      state.stop();
      await Promise.all([...parts.map(part => part.stop()), contents?.stop()]);
    },
  };
}

function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** The parts of which only what is wanted is read. */
interface Contents {
  parts(): readonly ContentPart[];
  want(keys: ReadonlySet<string>): boolean;
  stop(): Promise<void>;
}

function followContents(
  { type, whole, wanted: { first, scopeFor } }: Followed & { readonly wanted: WantedScopes },
  context: PartContext,
): Contents {
  const open = new Map<Scope, ContentPart>();
  const isElsewhere = (key: string): boolean => whole.some(scope => isWithin(scope, key));
  const openPart = (scope: Scope): void => void open.set(scope, openContentPart({ type, scope, isElsewhere }, context));
  for (const scope of first) openPart(scope);

  return {
    parts: () => [...open.values()],
    want(keys) {
      const wanted = [...keys].filter(key => !isElsewhere(key));
      for (const key of wanted) {
        if (![...open.keys()].some(scope => isWithin(scope, key))) openPart(scopeFor(namespaceOf(key)));
      }
      return [...open]
        .map(([scope, part]) => {
          const within = wanted.filter(key => isWithin(scope, key));
          if (within.length > 0 || first.includes(scope)) return part.want(new Set(within));
          open.delete(scope);
          part.close();
          return true;
        })
        .every(Boolean);
    },
    async stop() {
      await Promise.all([...open.values()].map(part => part.stop()));
    },
  };
}
