import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAnswers } from './api-server/faults.ts';
import type { ScriptedAnswer } from './api-server/faults.ts';
import { handle } from './api-server/handle.ts';
import { TOKEN, makeCertificate, writeKubeconfig } from './api-server/pki.ts';
import { statusObject, tooOld } from './api-server/status.ts';
import { createStore } from './api-server/store.ts';
import { ALL_GROUP_VERSIONS, typeOfPlural } from './api-server/types.ts';
import type { KubeObject } from './api-server/types.ts';
import { createWatches } from './api-server/watches.ts';
import { freePorts } from './nginx.ts';

/** One request, as it came. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * An API server of the tests' own: HTTPS, discovery, list, watch, create, replace, merge patch, delete, Leases. It says
 * what kube-apiserver 1.20 says, has no controllers and validates nothing, and does wrong when it is told to.
 */
export interface ApiServer {
  /** Path of a kubeconfig with the CA and a valid token. */
  readonly kubeconfig: string;
  /** A kubeconfig with another token; valid only after `setToken`. */
  readonly kubeconfigWith: (token: string) => string;
  readonly port: number;
  /** Adds or replaces objects. */
  readonly put: (...objects: readonly KubeObject[]) => void;
  readonly remove: (plural: string, namespace: string | undefined, name: string) => void;
  readonly get: (plural: string, namespace: string | undefined, name: string) => KubeObject | undefined;
  readonly list: (plural: string) => readonly KubeObject[];
  readonly requests: readonly LoggedRequest[];
  /** Of one type, by its plural, or of all. */
  readonly openWatches: (plural?: string) => number;
  /** Changes which versions of the API are served: `['v1', 'extensions/v1beta1']`. */
  readonly serve: (groupVersions: readonly string[]) => void;
  readonly faults: Faults;
  /** Ends it, with all its connections. */
  readonly close: () => Promise<void>;
}

/** What goes wrong. Where a plural can be given, it means the watches of this type only; the number is how many. */
export interface Faults {
  /** Answers requests otherwise, see `ScriptedAnswer`; the function takes it back. */
  readonly answer: (answer: ScriptedAnswer) => () => void;
  /** Answers 403 to these verbs (`list`, `watch`, `get`, `patch` …) on a type (`secrets`, `ingresses/status`). */
  readonly forbid: (plural: string, ...verbs: readonly string[]) => () => void;
  /** Closes the connections of watches without a word. */
  readonly cutWatches: (plural?: string) => number;
  /** Sends half of an event, then closes the connection. */
  readonly cutInTheMiddle: (plural: string) => number;
  /** Ends watches in order, as the server does after half an hour. */
  readonly endWatches: (plural?: string) => number;
  /** Sends the ERROR event of a version that is too old, and ends the watch. */
  readonly expireWatches: (plural?: string) => number;
  /** Sends a line as it is: garbage, or an event with a wrong object. */
  readonly sendLine: (line: string, plural?: string) => number;
  /** Leaves the watches that are open now open, and sends nothing on them ever again. */
  readonly muteWatches: (plural?: string) => number;
  /** Sends the present version as a BOOKMARK event. */
  readonly bookmark: (plural?: string) => number;
  /** Everything stands still, new requests too, until `resume`; then all of it comes. */
  readonly stall: () => void;
  readonly resume: () => void;
  /** Forgets all events so far, as compaction does: older versions get 410. */
  readonly forgetHistory: () => void;
  /** From now on only this token is valid. */
  readonly setToken: (token: string) => void;
  /** Closes all connections and refuses new ones, until `comeBack`, on the same port. */
  readonly goAway: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
}

/** Starts a server; nothing is in it but the namespace `default`. */
export async function startApiServer(groupVersions: readonly string[] = ALL_GROUP_VERSIONS): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-api-server-'));
  const [port = 0] = await freePorts(1);
  const store = createStore();
  const watches = createWatches(store);
  const answers = createAnswers();
  const state = { served: groupVersions, token: TOKEN, forbidden: new Map<string, number>() };
  const stalling = createStalling();
  const requests: LoggedRequest[] = [];
  const served = {
    store,
    watches,
    answers,
    address: () => `127.0.0.1:${port}`,
    groupVersions: () => state.served,
    token: () => state.token,
    isForbidden: (verb: string, plural: string) => (state.forbidden.get(`${verb} ${plural}`) ?? 0) > 0,
  };
  const server = createServer(makeCertificate(folder), (request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '', at: Date.now() });
    stalling.run(() => void handle(served, request, response).catch(() => response.destroy()));
  });
  const listener = createListener(server, port);
  await listener.open();
  store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });

  const faults: Faults = {
    answer: answers.add,
    forbid: (plural, ...verbs) => forbid(state.forbidden, plural, verbs),
    cutWatches: plural => watches.cut(plural),
    cutInTheMiddle: plural => watches.cut(plural, halfOfAnEvent(plural)),
    endWatches: watches.end,
    expireWatches: plural => {
      const error = { type: 'ERROR', object: statusObject(tooOld(1, store.version())) };
      watches.send(`${JSON.stringify(error)}\n`, plural);
      return watches.end(plural);
    },
    sendLine: (line, plural) => watches.send(`${line}\n`, plural),
    muteWatches: watches.mute,
    bookmark: watches.bookmark,
    stall: () => {
      stalling.stall();
      watches.hold();
    },
    resume: () => {
      watches.release();
      stalling.resume();
    },
    forgetHistory: store.forget,
    setToken: token => void (state.token = token),
    goAway: listener.close,
    comeBack: listener.open,
  };
  return {
    kubeconfig: writeKubeconfig(folder, 'kubeconfig', port, TOKEN),
    kubeconfigWith: token => writeKubeconfig(folder, `kubeconfig-${token}`, port, token),
    port,
    put: (...objects) => objects.forEach(object => void store.put(object)),
    remove: (plural, namespace, name) => void store.remove(typeOfPlural(plural).plural, namespace, name),
    get: store.get,
    list: store.list,
    requests,
    openWatches: watches.count,
    serve: groupVersions => void (state.served = groupVersions),
    faults,
    close: async () => {
      await listener.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function halfOfAnEvent(plural: string): string {
  const { kind, groupVersions } = typeOfPlural(plural);
  const metadata = { name: 'never-complete', namespace: 'default', resourceVersion: '999999' };
  const event = { type: 'ADDED', object: { kind, apiVersion: groupVersions.at(-1), metadata } };
  return JSON.stringify(event).slice(0, -20);
}

function forbid(forbidden: Map<string, number>, plural: string, verbs: readonly string[]) {
  const add = (difference: number) => {
    for (const verb of verbs) {
      const key = `${verb} ${plural}`;
      forbidden.set(key, (forbidden.get(key) ?? 0) + difference);
    }
  };
  add(1);
  return () => add(-1);
}

/** Runs what comes at once, or holds it back while it is stalled. */
function createStalling() {
  let held: (() => void)[] | undefined;
  return {
    run: (act: () => void) => {
      if (held === undefined) act();
      else held.push(act);
    },
    stall: () => void (held ??= []),
    resume: () => {
      const late = held ?? [];
      held = undefined;
      for (const act of late) act();
    },
  };
}

/** Listens on one port, as often as it is told to. */
function createListener(server: Server, port: number) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that breaks off its handshake.
  server.on('tlsClientError', () => undefined);
  server.keepAliveTimeout = 60_000;
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { open, close };
}
