import type { PlainValue } from '../../json/value.ts';
import { isRecord } from '../../json/value.ts';
import type { KubeApi, NoAnswer } from './api.ts';
import type { ApiType, Scope, Served } from './api-types.ts';
import { collectionPath } from './api-types.ts';
import type { KubeObject } from './object.ts';
import { itemsOf, readObject } from './object.ts';

/** What is asked for. */
export interface ListRequest {
  readonly api: KubeApi;
  readonly type: ApiType;
  readonly form: Served;
  readonly scope: Scope;
  readonly signal: AbortSignal;
  /** Told of objects that are none. */
  readonly onWrongObject: (problem: string) => void;
  /** Objects in one answer; 500 unless said. */
  readonly pageSize?: number;
  /** Which objects are wanted; all unless said. */
  readonly isWanted?: (key: string) => boolean;
}

export type ListAnswer =
  | {
      readonly kind: 'listed';
      readonly objects: readonly KubeObject[];
      /** Where a watch goes on. */
      readonly resourceVersion: string;
    }
  | NoAnswer;

/** As many objects come at once; kubectl asks for as many. */
const PAGE = 500;
/** Objects that are kept, and pages: a server that never ends its list must not fill the memory. */
const MOST_OBJECTS = 500_000;
const MOST_PAGES = 10_000;
const QUIET_MS = 60_000;
/** A list that changes faster than its pages are read is read in one piece at last. */
const PAGED_ATTEMPTS = 2;

/**
 * All objects of one type at one moment. Pages are of the same moment; when it is too long ago for the server (410), the
 * list begins anew.
 */
export async function listAll(request: ListRequest): Promise<ListAnswer> {
  for (let attempt = 1; ; attempt++) {
    const isPaged = attempt <= PAGED_ATTEMPTS;
    const answer = await listOnce(request, isPaged);
    if (answer.kind !== 'refused' || answer.code !== 410 || !isPaged) return answer;
  }
}

async function listOnce(request: ListRequest, isPaged: boolean): Promise<ListAnswer> {
  const { api, type, form, scope, signal, pageSize = PAGE, isWanted } = request;
  const objects: KubeObject[] = [];
  for (let [next, pages] = ['', 1]; ; pages++) {
    const query = { ...(isPaged ? { limit: String(pageSize) } : {}), ...(next === '' ? {} : { continue: next }) };
    const path = collectionPath(form, scope, query);
    const { onlyMetadata } = type;
    const answer = await api.request({ method: 'GET', path, signal, timeoutMs: QUIET_MS, onlyMetadata });
    if (answer.kind !== 'ok') return answer;
    const page = readPage(answer.value);
    if (page === undefined)
      return { kind: 'unreachable', problem: `the API server did not answer with a list of ${form.plural}` };
    for (const item of page.items) {
      const object = readObject(item, form, type);
      if (typeof object === 'string') request.onWrongObject(object);
      else if (isWanted === undefined || isWanted(object.key)) objects.push(object);
    }
    if (objects.length > MOST_OBJECTS || pages > MOST_PAGES)
      return { kind: 'unreachable', problem: `the list of ${form.plural} does not end` };
    if (page.next === '') return { kind: 'listed', objects, resourceVersion: page.resourceVersion };
    ({ next } = page);
  }
}

interface Page {
  readonly items: ReturnType<typeof itemsOf>;
  readonly resourceVersion: string;
  /** Empty on the last page. */
  readonly next: string;
}

function readPage(value: PlainValue): Page | undefined {
  if (!isRecord(value) || !('items' in value) || !isRecord(value['metadata'])) return undefined;
  const { resourceVersion, continue: next } = value['metadata'];
  if (typeof resourceVersion !== 'string' || resourceVersion === '') return undefined;
  return { items: itemsOf(value), resourceVersion, next: typeof next === 'string' ? next : '' };
}
