import type { IncomingMessage, ServerResponse } from 'node:http';

import { asVersion, metadataOf, wantsMetadata } from './convert.ts';
import { selects } from './route.ts';
import type { Target } from './route.ts';
import { statusObject, tooOld } from './status.ts';
import type { Store, StoredEvent } from './store.ts';
import type { KubeObject, Metadata } from './types.ts';

interface Watch {
  readonly plural: string;
  readonly response: ServerResponse;
  readonly bookmark: () => void;
  /** From now on nothing is sent; the connection stays. */
  isMute: boolean;
}

export interface Watches {
  /** Follows the events that a request asks for, until somebody ends it. */
  readonly open: (request: IncomingMessage, response: ServerResponse, ask: WatchRequest) => void;
  /** Those that are open, of one type or of all. */
  readonly count: (plural?: string) => number;
  /** Sends lines as they are. */
  readonly send: (text: string, plural?: string) => number;
  /** Closes the connections without a word, after half of a line if there is one. Gives how many. */
  readonly cut: (plural?: string, half?: string) => number;
  /** Ends the responses in order, as the server does after a while. */
  readonly end: (plural?: string) => number;
  /** Sends nothing more on those that are open now, and leaves them open. */
  readonly mute: (plural?: string) => number;
  readonly bookmark: (plural?: string) => number;
  /** Holds back what would be sent until `release`, as a network does that stands still for a while. */
  readonly hold: () => void;
  readonly release: () => void;
}

export interface WatchRequest {
  readonly target: Target;
  readonly query: URLSearchParams;
}

const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;

export function createWatches(store: Store): Watches {
  const watches = new Set<Watch>();
  const each = (plural: string | undefined, act: (watch: Watch) => void) => {
    const chosen = [...watches].filter(watch => plural === undefined || watch.plural === plural);
    for (const watch of chosen) act(watch);
    return chosen.length;
  };
  let held: (() => void)[] | undefined;
  const write = (watch: Watch, text: string) => {
    // A watch that was just ended counts until its connection closes.
    if (watch.isMute || watch.response.writableEnded) return;
    if (held === undefined) watch.response.write(text);
    else held.push(() => write(watch, text));
  };
  return {
    hold: () => void (held ??= []),
    release: () => {
      const late = held ?? [];
      held = undefined;
      for (const send of late) send();
    },
    open: (request, response, ask) => openWatch({ store, watches, write }, request, response, ask),
    count: plural => each(plural, () => undefined),
    send: (text, plural) => each(plural, watch => write(watch, text)),
    cut: (plural, half) =>
      each(plural, watch => {
        const { response } = watch;
        watches.delete(watch);
        if (half !== undefined) response.write(half);
        // What was written goes out before the end.
        response.socket?.destroySoon();
      }),
    end: plural =>
      each(plural, watch => {
        watches.delete(watch);
        watch.response.end();
      }),
    mute: plural => each(plural, watch => void (watch.isMute = true)),
    bookmark: plural => each(plural, watch => watch.bookmark()),
  };
}

interface Hub {
  readonly store: Store;
  readonly watches: Set<Watch>;
  readonly write: (watch: Watch, text: string) => void;
}

function openWatch(
  { store, watches, write }: Hub,
  request: IncomingMessage,
  response: ServerResponse,
  ask: WatchRequest,
) {
  const { target, query } = ask;
  const { plural } = target.type;
  const { name, namespace } = selects(target, query.get('fieldSelector'));
  const isSelected = ({ metadata }: KubeObject) =>
    (name === undefined || metadata.name === name) && (namespace === undefined || metadata.namespace === namespace);
  const isBrief = wantsMetadata(request.headers.accept, 'object');
  const show = (object: KubeObject) => (isBrief ? metadataOf(object) : asVersion(object, target.groupVersion));
  const event = ({ type, object }: StoredEvent) => line(type, show(object));
  const bookmark = () => {
    if (query.get('allowWatchBookmarks') !== 'true' && query.get('allowWatchBookmarks') !== '1') return;
    const metadata = { resourceVersion: String(store.version()), creationTimestamp: null } as object as Metadata;
    write(watch, line('BOOKMARK', show({ kind: target.type.kind, apiVersion: target.groupVersion, metadata })));
  };
  const watch: Watch = { plural, response, bookmark, isMute: false };
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();

  const from = query.get('resourceVersion') ?? '';
  const isFromNow = from === '' || from === '0';
  const missed = isFromNow
    ? store.list(plural).map(object => ({ version: 0, type: 'ADDED' as const, plural, object }))
    : store.since(Number(from));
  if (missed === undefined) {
    response.end(line('ERROR', statusObject(tooOld(Number(from), store.version()))));
    return;
  }
  const follow = (stored: StoredEvent) => {
    if (stored.plural === plural && isSelected(stored.object)) write(watch, event(stored));
  };
  for (const stored of missed) follow(stored);
  watches.add(watch);
  const unsubscribe = store.subscribe(follow);
  const seconds = Number(query.get('timeoutSeconds') ?? 1_800);
  // As kube-apiserver: a last bookmark two seconds before the end.
  const last = setTimeout(bookmark, Math.max(0, seconds - 2) * 1000);
  const end = setTimeout(() => void (watch.isMute || response.end()), seconds * 1000);
  const close = () => {
    clearTimeout(last);
    clearTimeout(end);
    unsubscribe();
    watches.delete(watch);
  };
  request.once('close', close);
  response.once('close', close);
}
