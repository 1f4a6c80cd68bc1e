import { RESOURCE_TYPES, groupOf } from './types.ts';
import type { ResourceType } from './types.ts';

/** What a path names. */
export interface Target {
  readonly groupVersion: string;
  readonly group: string;
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly isStatus: boolean;
}

/** The object or the list that a path names; undefined for what is not served. */
export function targetOf(path: string, served: readonly string[]): Target | undefined {
  const [, root, ...words] = path.split('/').map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const groupVersion = words.splice(0, root === 'api' ? 1 : 2).join('/');
  if (!served.includes(groupVersion)) return undefined;
  const isInNamespace = words[0] === 'namespaces' && words.length > 2;
  const [, namespace] = isInNamespace ? words.splice(0, 2) : [];
  const [plural, name, sub, ...more] = words;
  const type = RESOURCE_TYPES.find(type => type.plural === plural && type.groupVersions.includes(groupVersion));
  if (type === undefined || more.length > 0) return undefined;
  const isStatus = sub === 'status' && type.hasStatus;
  if (sub !== undefined && !isStatus) return undefined;
  if (type.isNamespaced ? name !== undefined && namespace === undefined : namespace !== undefined) return undefined;
  return { groupVersion, group: groupOf(groupVersion), type, namespace, name, isStatus };
}

/** Which objects a list or a watch is about. */
export function selects(target: Target, fieldSelector: string | null) {
  const wanted = new Map(
    (fieldSelector ?? '')
      .split(',')
      .filter(term => term !== '')
      .map(term => {
        const [field = '', value = ''] = term.split(/==?/);
        return [field, value];
      }),
  );
  const unknown = [...wanted.keys()].find(field => field !== 'metadata.name' && field !== 'metadata.namespace');
  const name = target.name ?? wanted.get('metadata.name');
  const namespace = target.namespace ?? wanted.get('metadata.namespace');
  return { unknown, name, namespace };
}
