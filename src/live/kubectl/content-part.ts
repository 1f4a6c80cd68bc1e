import type { CoreType, Scope } from './api-types.ts';
import { namesOf } from './api-types.ts';
import { createContentFetcher } from './content-fetcher.ts';
import type { ContentStore } from './content-store.ts';
import { createContentStore } from './content-store.ts';
import type { PartState } from './input-states.ts';
import type { KubeObject } from './object.ts';
import type { Part, PartContext } from './part.ts';
import { reflectPart } from './part.ts';

/** A part of which all names are known, and the content of what is wanted. */
export interface ContentPart extends Part {
  /** See LiveInput; `keys` lie within the part. */
  want(keys: ReadonlySet<string>): boolean;
  /** Ends it while the others of its type go on. */
  close(): void;
}

interface ContentPlace {
  readonly type: CoreType;
  readonly scope: Scope;
  /** Whether an object (`namespace/name`) is followed elsewhere. */
  readonly isElsewhere: (key: string) => boolean;
}

export function openContentPart({ type, scope, isElsewhere }: ContentPlace, context: PartContext): ContentPart {
  const store = createContentStore(type.form);
  const fetcher = createContentFetcher({ ...context, type, store, onChange: cause => context.onChange([cause]) });
  const part = context.state.addPart(false);
  const questions = openQuestions(type, part, store);
  const ours = (objects: readonly KubeObject[]): readonly KubeObject[] =>
    objects.filter(({ key }) => !isElsewhere(key));
  const reflector = reflectPart(
    { type: namesOf(type), scope, part },
    {
      onList(objects) {
        const causes = store.replace(ours(objects));
        fetcher.look();
        return [...causes, ...questions.answers()];
      },
      onChange(change) {
        const causes = store.apply({ ...change, objects: ours(change.objects) });
        fetcher.look();
        return causes;
      },
      onState: () => questions.answers(),
    },
    context,
  );
  const stop = async (): Promise<void> => {
    await Promise.all([reflector.stop(), fetcher.stop()]);
  };
  return {
    reflector,
    units: () => store.units(),
    size: () => store.size(),
    want(keys) {
      store.want(keys);
      fetcher.look();
      if (part.isAnswered()) return !store.isMissing();
      questions.ask(keys);
      return keys.size === 0;
    },
    close() {
      part.leave();
      void stop();
    },
    stop,
  };
}

/** What is asked for before anybody knows what is there. */
interface Questions {
  ask(keys: ReadonlySet<string>): void;
  /** Once it is known, says what will not come; what comes is told when it does. */
  answers(): readonly string[];
}

function openQuestions({ name }: CoreType, part: PartState, store: ContentStore): Questions {
  let asked: ReadonlySet<string> = new Set();
  return {
    ask: keys => void (asked = keys),
    answers() {
      if (!part.isAnswered()) return [];
      const missing = [...asked].filter(key => !store.isAwaited(key));
      asked = new Set();
      return missing.map(key => `${name} ${key} ${part.isListed() ? 'not found' : 'cannot be read'}`);
    },
  };
}
