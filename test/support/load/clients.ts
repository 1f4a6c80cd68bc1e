import { setMaxListeners } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';

import { openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { moment } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { nameOfAnswer, QUERIES, requestOf } from './variants.ts';
import type { Query } from './variants.ts';

/** What the clients saw. */
export interface Tally {
  requests: number;
  /** Of those, over a connection of their own. */
  fresh: number;
  /** Sent again once, since a reused connection had ended without one byte of an answer. */
  again: number;
  /** Kept connections that nginx ended after an answer, saying so. */
  closedInOrder: number;
  /** Kept connections that had ended before the next request was written. */
  closedIdle: number;
  readonly failures: string[];
}

export interface Load {
  readonly tally: Tally;
  readonly stop: () => Promise<Tally>;
}

export interface LoadPlan {
  readonly port: number;
  readonly timeline: Timeline;
  /** Clients, and requests a second of each. */
  readonly kept: { readonly clients: number; readonly perSecond: number };
  readonly fresh: { readonly clients: number; readonly perSecond: number };
}

/** Starts clients that ask until they are stopped. */
export function startLoad(plan: LoadPlan): Load {
  const tally: Tally = { requests: 0, fresh: 0, again: 0, closedInOrder: 0, closedIdle: 0, failures: [] };
  const end = new AbortController();
  setMaxListeners(plan.kept.clients + plan.fresh.clients, end.signal);
  const run: Run = { plan, tally, signal: end.signal };
  const clients = [
    ...Array.from({ length: plan.kept.clients }, (_, index) => paced(run, plan.kept.perSecond, keptClient(run, index))),
    ...Array.from({ length: plan.fresh.clients }, (_, index) =>
      paced(run, plan.fresh.perSecond, freshClient(run, index)),
    ),
  ];
  return {
    tally,
    async stop() {
      end.abort();
      await Promise.all(clients);
      return tally;
    },
  };
}

interface Run {
  readonly plan: LoadPlan;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** One request after the other at a steady rate; who is late hurries. */
async function paced({ signal }: Run, perSecond: number, ask: () => Promise<void>): Promise<void> {
  const start = performance.now();
  for (let count = 1; !signal.aborted; count += 1) {
    await ask();
    const early = start + (count * 1000) / perSecond - performance.now();
    if (early > 0) await after(early, undefined, { signal }).catch(() => undefined);
  }
}

function queryAt(index: number): Query {
  const query = QUERIES[index % QUERIES.length];
  if (query === undefined) throw new Error('there are no queries');
  return query;
}

function keptClient(run: Run, offset: number): () => Promise<void> {
  const { plan, tally } = run;
  let connection = openConnection(plan.port);
  /** When it was opened or last answered: its worker had its configuration then. */
  let knownAt = moment();
  let count = offset;
  const next = (): Connection => {
    connection.close();
    knownAt = moment();
    connection = openConnection(plan.port);
    return connection;
  };
  return async () => {
    const query = queryAt((count += 1));
    const sentAt = moment();
    if (connection.isEnded()) {
      tally.closedIdle += 1;
      next();
    }
    let reply = await connection.send(requestOf(query, false));
    if (reply.kind === 'lost' && reply.bytes === 0 && connection.isReused()) {
      tally.again += 1;
      reply = await next().send(requestOf(query, false));
    }
    tally.requests += 1;
    if (reply.kind === 'lost') {
      tally.failures.push(`${query.name}: ${reply.problem} after ${reply.bytes} bytes`);
      next();
      return;
    }
    const answer = nameOfAnswer(reply.status, reply.body);
    // A worker that is told to end gives one last answer on a connection that it has, late or not, and ends it then.
    const isLast = !mayAnswer(run, query, { sentAt, answer });
    check(run, query, { sentAt: isLast ? knownAt : sentAt, answer });
    knownAt = moment();
    if (reply.mayGoOn && !isLast) return;
    if (!reply.mayGoOn) tally.closedInOrder += 1;
    next();
  };
}

function freshClient(run: Run, offset: number): () => Promise<void> {
  const { plan, tally } = run;
  let count = offset;
  return async () => {
    const query = queryAt((count += 1));
    const sentAt = moment();
    const connection = openConnection(plan.port);
    const reply = await connection.send(requestOf(query, true));
    connection.close();
    tally.requests += 1;
    tally.fresh += 1;
    if (reply.kind === 'lost') tally.failures.push(`${query.name}, fresh: ${reply.problem} after ${reply.bytes} bytes`);
    else check(run, query, { sentAt, answer: nameOfAnswer(reply.status, reply.body) });
  };
}

interface Seen {
  readonly sentAt: number;
  readonly answer: string;
}

function allowed({ plan }: Run, query: Query, { sentAt }: Seen): readonly string[] {
  return plan.timeline.during(sentAt, moment()).map(query.expected);
}

function mayAnswer(run: Run, query: Query, seen: Seen): boolean {
  return allowed(run, query, seen).includes(seen.answer);
}

function check(run: Run, query: Query, seen: Seen): void {
  if (mayAnswer(run, query, seen)) return;
  const wanted = [...new Set(allowed(run, query, seen))].join(' or ');
  run.tally.failures.push(`${query.name}: ${seen.answer} instead of ${wanted}`);
}
