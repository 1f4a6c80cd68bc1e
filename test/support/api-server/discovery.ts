import { RESOURCE_TYPES, groupOf } from './types.ts';
import type { ResourceType } from './types.ts';

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** `/version`, `/api`, `/apis` and what is below them, but objects; undefined for other paths. */
export function discover(path: string, served: readonly string[], address: string): unknown {
  if (path === '/version') return { major: '1', minor: '21', gitVersion: 'v1.21.0-scripted', platform: 'linux/amd64' };
  if (path === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(served) };
  const [, root, first = '', second] = path.split('/');
  if (root === 'api' && second === undefined && served.includes(first)) return resourceList(first);
  if (root !== 'apis') return undefined;
  if (second !== undefined) return served.includes(path.slice(6)) ? resourceList(path.slice(6)) : undefined;
  const group = groupsOf(served).find(({ name }) => name === first);
  return group === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...group };
}

function groupsOf(served: readonly string[]) {
  // The first group that has a type is the one that kubectl takes; the old `extensions` comes last.
  const names = [...new Set(served.map(groupOf))]
    .filter(name => name !== '')
    .toSorted((a, b) => Number(a === 'extensions') - Number(b === 'extensions'));
  return names.map(name => {
    // The newest is preferred, and named first.
    const versions = served
      .filter(groupVersion => groupOf(groupVersion) === name)
      .map(groupVersion => ({ groupVersion, version: groupVersion.slice(name.length + 1) }))
      .toSorted((a, b) => a.version.length - b.version.length);
    return { name, versions, preferredVersion: versions[0] };
  });
}

function resourceList(groupVersion: string) {
  const resources = RESOURCE_TYPES.filter(type => type.groupVersions.includes(groupVersion)).flatMap(resourcesOf);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function resourcesOf({ plural, short, kind, isNamespaced, hasStatus }: ResourceType) {
  const same = { singularName: '', namespaced: isNamespaced, kind };
  const status = { name: `${plural}/status`, ...same, verbs: ['get', 'patch', 'update'] };
  return [
    { name: plural, ...same, verbs: VERBS, ...(short === undefined ? {} : { shortNames: [short] }) },
    ...(hasStatus ? [status] : []),
  ];
}
