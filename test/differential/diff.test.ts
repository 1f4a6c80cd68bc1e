import { afterAll, beforeAll, expect, test } from 'vitest';

import { diffRoutings } from '../../src/answers/diff/diff.ts';
import type { Change, ChangeExample, RouteName, RoutingDiff } from '../../src/answers/diff/model.ts';
import { readAskedUrl } from '../../src/answers/explain/asked-url.ts';
import { explain } from '../../src/answers/explain/explain.ts';
import type { Explanation } from '../../src/answers/explain/model.ts';
import { handshakeName } from '../../src/routing/host-name.ts';
import { matchLocation } from '../../src/routing/match-location.ts';
import { matchServer } from '../../src/routing/match-server.ts';
import type { Routing } from '../../src/routing/model.ts';
import { readTarget } from '../../src/routing/request-uri.ts';
import { startBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import { chanceOf } from './chance.ts';
import { changedSet } from './changes.ts';
import type { Got, Sent } from './client.ts';
import { optionsFor } from './options.ts';
import { startPods } from './pods.ts';
import type { Pods } from './pods.ts';
import { requestFor } from './requests.ts';
import { manifestsOf, setOf } from './sets.ts';

/** Pairs of states, of so many sets each, and requests to each set; with `DIFF_PAIRS=100` more of them. */
const PAIRS = Number(process.env['DIFF_PAIRS'] ?? 2);
const SETS = 30;
const EACH = 16;
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 20_250_102);
const AT_ONCE = 16;

let pods: Pods;
beforeAll(async () => {
  pods = await startPods();
});
afterAll(() => pods.close());

interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** What became of the requests of all pairs. */
interface Tally {
  unchanged: number;
  changed: number;
  examples: number;
  readonly wrong: string[];
}

/** What a client gets, but for what differs from request to request. */
function shown(got: Got): string {
  if (got.kind === 'closed') return 'closed';
  const { status, headers, received } = got;
  // Which of the pods of a Service is asked is chance.
  const pod = received && [
    received.address.replace(/\.\d+$/, ''),
    received.port,
    received.uri,
    received.headers['host'],
  ];
  const given = ['location', 'www-authenticate', 'strict-transport-security', 'access-control-allow-origin', 'x-team'];
  return JSON.stringify([status, pod, given.map(name => headers[name])]).replaceAll(/:1\d{4}\b/g, ':PORT');
}

/** Whether chance decides on the answer. */
function isByChance({ outcome }: Explanation): boolean {
  return outcome.kind === 'backend' && outcome.choices.filter(({ percent }) => percent > 0).length > 1;
}

/** The route that takes a request, `undefined` where none does. */
function routeOf(routing: Routing, { scheme, host, target }: Sent): RouteName | undefined {
  const found = matchServer(routing, { scheme, host, sni: scheme === 'https' ? handshakeName(host) : undefined });
  const uri = readTarget(target);
  if (found.kind !== 'server' || uri.kind === 'refused') return undefined;
  const { server } = found;
  const location = matchLocation(routing, server, uri.path);
  if (location.kind !== 'found') return { host: server.host, match: 'prefix', path: '' };
  const { place } = location;
  // nginx redirects to the folder.
  if (place.kind === 'slash') return { host: server.host, match: place.folder.match, path: place.folder.path };
  return { host: server.host, match: location.match, path: location.text };
}

/** Whether the difference says something of a route, or of all of its host. */
function touches({ changes }: RoutingDiff, route: RouteName | undefined): boolean {
  if (route === undefined) return false;
  const isRoute = (other: RouteName): boolean =>
    other.host === route.host && other.match === route.match && other.path === route.path;
  return changes.some(({ subject, routes }) => {
    if (routes.length > 0) return routes.some(isRoute);
    return subject === undefined || subject === route.host || subject.startsWith('Secret ');
  });
}

interface Compared extends Both<Batch> {
  readonly diff: RoutingDiff;
}

async function askBoth({ before, after, diff }: Compared, sent: Sent, tally: Tally): Promise<void> {
  const [was, is] = [await before.compare(sent), await after.compare(sent)];
  if (isByChance(was.explanation) || isByChance(is.explanation)) return;
  const routes = { before: routeOf(before.routing, sent), after: routeOf(after.routing, sent) };
  if (touches(diff, routes.before) || touches(diff, routes.after)) {
    tally.changed++;
    return;
  }
  tally.unchanged++;
  if (shown(was.got) === shown(is.got)) return;
  const { notes } = diff;
  const about = notes.filter(note => note.routes.some(({ host }) => host === routes.before?.host));
  const lines = [sent, routes, shown(was.got), shown(is.got), was.explanation.outcome, is.explanation.outcome, about];
  tally.wrong.push(lines.map(line => JSON.stringify(line)).join('\n  '));
}

/** An example must hold for a client of this machine, whom lists of addresses may know. */
function sentOf({ method, url, headers = [], clientIp = '127.0.0.1' }: ChangeExample): Sent | undefined {
  const asked = readAskedUrl(url);
  if (!('target' in asked) || !clientIp.startsWith('127.')) return undefined;
  return { ...asked, method, headers, clientIp };
}

/** Nobody answers for a Service that is not there, whatever else is asked of it. */
const NOBODY = /\/missing:/;
const OF_NGINX = new Set([502, 504]);

async function showExample({ before, after }: Compared, change: Change, tally: Tally): Promise<void> {
  const { kind, example } = change;
  const sent = example && sentOf(example);
  if (sent === undefined || NOBODY.test(`${example?.before} ${example?.after}`)) return;
  // Why is not what a client gets.
  const words = ({ outcome }: Explanation): string => JSON.stringify({ ...outcome, reason: undefined });
  const asked = { ...sent, hasClientCertificate: false };
  const isShown = words(explain(before.routing, asked)) !== words(explain(after.routing, asked));
  const [was, is] = [await before.compare(sent), await after.compare(sent)];
  const isLost = [was.got, is.got].every(got => got.kind === 'answer' && OF_NGINX.has(got.status));
  if (!isShown || isLost || isByChance(was.explanation) || isByChance(is.explanation)) return;
  tally.examples++;
  if (shown(was.got) !== shown(is.got)) return;
  tally.wrong.push(`${kind}: the example shows nothing\n  ${JSON.stringify(example)}\n  ${shown(was.got)}`);
}

/** Several at a time. */
async function inParallel(work: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...work];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function runPair(number: number, tally: Tally): Promise<void> {
  const chance = chanceOf(SEED + number * 7919);
  const sets = Array.from({ length: SETS }, (_, index) => setOf(index + 1, chance, pods));
  const changed = sets.map(set => changedSet(set, chance, pods));
  const options = optionsFor(chance, pods);
  const before = await startBatch(
    sets.flatMap(set => manifestsOf(set, pods)),
    options,
  );
  const after = await startBatch(
    changed.flatMap(set => manifestsOf(set, pods)),
    options,
  );
  try {
    const { listeners } = before.routing;
    const compared = { before, after, diff: diffRoutings(before.routing, { ...after.routing, listeners }) };
    const asked = [sets, changed]
      .flat()
      .flatMap(set => Array.from({ length: EACH / 2 }, () => requestFor(set, chance)));
    await inParallel([
      ...asked.map(sent => () => askBoth(compared, sent, tally)),
      ...compared.diff.changes.map(change => () => showExample(compared, change, tally)),
    ]);
  } finally {
    await before.stop();
    await after.stop();
  }
}

test(`what a difference calls unchanged answers the same, and its examples show what changed (seed ${SEED})`, async () => {
  const tally: Tally = { unchanged: 0, changed: 0, examples: 0, wrong: [] };
  for (let number = 0; number < PAIRS && tally.wrong.length < 5; number++) await runPair(number, tally);
  expect(tally.wrong.slice(0, 5).join('\n\n')).toBe('');
  // A difference that calls everything changed would be right as well.
  expect(tally.unchanged).toBeGreaterThan(tally.changed / 2);
  expect(tally.examples).toBeGreaterThan(PAIRS * 10);
  if (process.env['DIFF_PAIRS'] !== undefined) console.info(tally);
});
