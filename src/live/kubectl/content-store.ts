import type { Unit } from '../../resources/unit.ts';
import type { Served } from './api-types.ts';
import type { KubeObject } from './object.ts';
import { isSameUnit, unitOf } from './object-unit.ts';
import type { Change } from './watch-events.ts';

/**
 * The objects of one type: of all of them name and version are known, and the content of those that are wanted. A content
 * is fetched when it is wanted first and whenever its version changes, and forgotten when it is not wanted any more.
 */
export interface ContentStore {
  /** Takes the names and versions of a list; says what changed already. */
  replace(objects: readonly KubeObject[]): readonly string[];
  apply(change: Change): readonly string[];
  /** Sets what is wanted. */
  want(keys: ReadonlySet<string>): void;
  /** Whether an object is wanted and there, and its content was never fetched. */
  isAwaited(key: string): boolean;
  /** The same of any. */
  isMissing(): boolean;
  /** Those whose content is older than what is known of them, or not there, with the version that is known. */
  stale(): ReadonlyMap<string, string>;
  /** Takes what was fetched of one: undefined when it was not there. Says what changed. */
  fetched(key: string, asked: string, object: KubeObject | undefined): string | undefined;
  /** Takes the server's no: what was known of it stays, and it is asked for again after the next list. */
  denied(key: string, asked: string): string | undefined;
  units(): readonly Unit[];
  /** All that are known. */
  size(): number;
}

interface Content {
  /** The version that was known when the fetch began, and the one that came: an event may be late, or the answer. */
  readonly asked: string;
  readonly came: string;
  /** Undefined when it was not there. */
  readonly unit: Unit | undefined;
  readonly isDenied: boolean;
}

export function createContentStore(form: Served): ContentStore {
  const { kind } = form;
  const versions = new Map<string, string>();
  const contents = createContents(kind, versions);
  let wanted: ReadonlySet<string> = new Set();

  const isAwaited = (key: string): boolean => wanted.has(key) && versions.has(key) && !contents.has(key);
  const forget = (keys: readonly string[]): readonly string[] => {
    // Who waits for one must learn that it will not come.
    const missed = keys.filter(key => contents.isThere(key) || isAwaited(key));
    for (const key of keys) {
      versions.delete(key);
      contents.drop(key);
    }
    return missed.map(key => `${kind} ${key} deleted`);
  };
  const learn = (objects: readonly KubeObject[]): void => {
    for (const { key, resourceVersion } of objects) versions.set(key, resourceVersion);
  };

  return {
    replace(objects) {
      const listed = new Set(objects.map(({ key }) => key));
      const causes = forget([...versions.keys()].filter(key => !listed.has(key)));
      contents.askAgain();
      learn(objects);
      return causes;
    },
    apply({ type, objects }) {
      if (type === 'DELETED') return forget(objects.map(({ key }) => key));
      learn(objects);
      return [];
    },
    want(keys) {
      wanted = new Set(keys);
      contents.keepOnly(wanted);
    },
    isAwaited,
    isMissing: () => [...wanted].some(isAwaited),
    stale: () => new Map([...wanted].filter(key => contents.isStale(key)).map(key => [key, versions.get(key) ?? ''])),
    fetched(key, asked, object) {
      if (!wanted.has(key)) return undefined;
      const unit = object === undefined ? undefined : unitOf(object, form);
      return contents.put(key, { asked, came: object?.resourceVersion ?? asked, unit, isDenied: false });
    },
    denied: (key, asked) => (wanted.has(key) ? contents.deny(key, asked) : undefined),
    units: () => contents.units(),
    size: () => versions.size,
  };
}

function createContents(kind: string, versions: ReadonlyMap<string, string>) {
  const contents = new Map<string, Content>();
  /** It may have gone while it was fetched. */
  const put = (key: string, content: Content): string | undefined => {
    if (!versions.has(key)) return undefined;
    const old = contents.get(key);
    contents.set(key, content);
    if (old !== undefined && isSame(old.unit, content.unit)) return undefined;
    if (content.unit === undefined) return `${kind} ${key} cannot be read`;
    return `${kind} ${key} ${old?.unit === undefined ? 'read' : 'modified'}`;
  };
  return {
    put,
    deny: (key: string, asked: string) =>
      put(key, { asked, came: asked, unit: contents.get(key)?.unit, isDenied: true }),
    has: (key: string) => contents.has(key),
    isStale(key: string): boolean {
      const known = versions.get(key);
      const content = contents.get(key);
      return known !== undefined && (content === undefined || (known !== content.asked && known !== content.came));
    },
    isThere: (key: string) => contents.get(key)?.unit !== undefined,
    drop: (key: string) => void contents.delete(key),
    keepOnly(keys: ReadonlySet<string>): void {
      for (const key of contents.keys()) if (!keys.has(key)) contents.delete(key);
    },
    askAgain(): void {
      for (const [key, content] of contents) {
        if (content.isDenied) contents.set(key, { ...content, asked: '', came: '', isDenied: false });
      }
    },
    units: (): readonly Unit[] =>
      [...contents]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { unit }]) => unit)
        .filter(unit => unit !== undefined),
  };
}

function isSame(one: Unit | undefined, other: Unit | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isSameUnit(one, other);
}
