import type { KubeApi, NoAnswer } from '../kubectl/api.ts';
import type { StatusAddress } from './address.ts';
import { fieldOf, listAt, textAt } from '../../json/fields.ts';

/** An Ingress by its name. */
export interface IngressName {
  readonly namespace: string;
  readonly name: string;
}

/** What an Ingress of the cluster says about where it is reached. */
export interface PublishedStatus extends IngressName {
  readonly resourceVersion: string;
  /** The items of `status.loadBalancer.ingress`, as they are. */
  readonly items: readonly unknown[];
}

/** The status of Ingresses in the newest version of the API that the server has. */
export interface StatusApi {
  /** Of all Ingresses, or of those of some namespaces. */
  list(): Promise<readonly PublishedStatus[] | NoAnswer>;
  read(name: IngressName): Promise<PublishedStatus | NoAnswer>;
  /**
   * Replaces the whole list.
   * @param resourceVersion Where the change must be of this version alone.
   */
  write(name: IngressName, items: readonly unknown[], resourceVersion?: string): Promise<PublishedStatus | NoAnswer>;
}

const VERSIONS = ['networking.k8s.io/v1', 'networking.k8s.io/v1beta1', 'extensions/v1beta1'] as const;
const REQUEST_MS = 5_000;
const LIST_MS = 10_000;

/** @param namespaces Those that are looked at; none for all. */
export function openStatusApi(api: KubeApi, namespaces: readonly string[], signal: AbortSignal): StatusApi {
  let version: string = VERSIONS[0];
  const parts = namespaces.length === 0 ? [''] : namespaces.map(namespace => `/namespaces/${namespace}`);

  async function list(): Promise<readonly PublishedStatus[] | NoAnswer> {
    const found: PublishedStatus[] = [];
    for (const part of parts) {
      const listed = await listPart(part);
      if (isNoAnswer(listed)) return listed;
      found.push(...listed);
    }
    return found;
  }

  /** Older versions are tried where a newer one is not served, or not granted. */
  async function listPart(part: string): Promise<readonly PublishedStatus[] | NoAnswer> {
    let first: NoAnswer | undefined;
    for (const candidate of [version, ...VERSIONS.filter(other => other !== version)]) {
      const path = `/apis/${candidate}${part}/ingresses`;
      const answer = await api.request({ method: 'GET', path, signal, timeoutMs: LIST_MS });
      if (answer.kind === 'ok') {
        version = candidate;
        return listAt(answer.value, 'items').map(readStatus);
      }
      first ??= answer;
      if (answer.kind !== 'refused' || (answer.code !== 404 && answer.code !== 403)) return answer;
    }
    return first ?? { kind: 'unreachable', problem: 'the API server has no supported version of Ingress' };
  }

  async function one(name: IngressName, part: '' | '/status', body?: unknown): Promise<PublishedStatus | NoAnswer> {
    const path = `/apis/${version}/namespaces/${name.namespace}/ingresses/${name.name}${part}`;
    const request = { path, signal, timeoutMs: REQUEST_MS };
    const answer = await api.request(
      body === undefined ? { ...request, method: 'GET' } : { ...request, method: 'PATCH', body },
    );
    return answer.kind === 'ok' ? readStatus(answer.value) : answer;
  }

  return {
    list,
    read: name => one(name, ''),
    write(name, items, resourceVersion) {
      const metadata = resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
      // An empty list would stay as one; null takes the field out.
      const ingress = items.length === 0 ? null : items;
      return one(name, '/status', { ...metadata, status: { loadBalancer: { ingress } } });
    },
  };
}

function readStatus(value: unknown): PublishedStatus {
  return {
    namespace: textAt(value, 'metadata', 'namespace'),
    name: textAt(value, 'metadata', 'name'),
    resourceVersion: textAt(value, 'metadata', 'resourceVersion'),
    items: listAt(value, 'status', 'loadBalancer', 'ingress'),
  };
}

export function isNoAnswer(answer: object): answer is NoAnswer {
  return 'kind' in answer && (answer.kind === 'refused' || answer.kind === 'unreachable');
}

/** Whether a status names these addresses and no others, in any order; ports beside them do not count. */
export function names(items: readonly unknown[], addresses: readonly StatusAddress[]): boolean {
  return items.length === addresses.length && addresses.every(address => items.some(item => isAddress(item, address)));
}

/** The items that are not ours. */
export function foreignItems(items: readonly unknown[], addresses: readonly StatusAddress[]): readonly unknown[] {
  return items.filter(item => !addresses.some(address => isAddress(item, address)));
}

function isAddress(item: unknown, address: StatusAddress): boolean {
  return 'ip' in address
    ? fieldOf(item, 'ip') === address.ip
    : fieldOf(item, 'hostname') === address.hostname && textAt(item, 'ip') === '';
}
