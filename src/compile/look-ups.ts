import type { Cluster } from '../cluster/cluster.ts';
import type { Wanted } from '../cluster/wanted.ts';

/** A table that is only looked up, with the keys that somebody has asked for, found or not. */
export function watched<T>(
  table: Pick<ReadonlyMap<string, T>, 'get'>,
): readonly [table: Pick<ReadonlyMap<string, T>, 'get'>, asked: ReadonlySet<string>] {
  const asked = new Set<string>();
  const get = (key: string): T | undefined => {
    asked.add(key);
    return table.get(key);
  };
  return [{ get }, asked];
}

/** The same cluster, with what is looked up of it. */
export function noteWanted(cluster: Cluster): readonly [cluster: Cluster, wanted: Wanted] {
  const [secrets, Secret] = watched(cluster.secrets);
  const [{ get }, ConfigMap] = watched(cluster.configMaps);
  const configMaps = { get, [Symbol.iterator]: () => cluster.configMaps[Symbol.iterator]() };
  return [
    { ...cluster, secrets, configMaps },
    { Secret, ConfigMap },
  ];
}
