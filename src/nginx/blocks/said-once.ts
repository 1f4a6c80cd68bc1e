import { takesEveryPath } from '../every-path.ts';

import type { ServerView } from './server.ts';
import type { Composed, PhaseText } from '../compose.ts';
import type { Quoted } from '../quote.ts';
import type { Location, Server } from '../../routing/model.ts';

/** What a server says for all of its locations, the redirect to HTTPS apart. */
export interface Said extends Pick<ServerView, 'requestHeaders' | 'responseHeaders'> {
  /** What runs before a location is chosen, as locations would say it. */
  readonly run: readonly Quoted[];
  /** One of the locations, where all inherit the same. */
  readonly first: Composed | undefined;
}

export const NOTHING_SAID: Said = { requestHeaders: undefined, responseHeaders: undefined, run: [], first: undefined };

/**
 * @param slashes the paths that are redirected to the same with a slash
 * @param kinds those of `composed`, each once
 */
export function saidOnce(
  { host, locations }: Server,
  slashes: readonly string[],
  composed: readonly Composed[],
  kinds: readonly Composed[],
): Said {
  const inherited = common(kinds, ({ inherited }) => inherited) ?? '';
  const responseHeaders = common(kinds, ({ response }) => response?.tag);
  // What answers must not do so where nginx would redirect or find nothing, and needs its headers.
  const mayAnswer =
    slashes.length === 0 &&
    locations.some(takesEveryPath) &&
    (responseHeaders !== undefined || kinds.every(({ response }) => response === undefined));
  // The default server has locations that nothing may close.
  const mayGuard = host !== '_' && kinds.every(isGuardedAsServer);
  const mayRun = { begin: true, preflight: mayAnswer, guard: mayGuard };
  const isSaidByAll = (text: PhaseText): boolean =>
    kinds.every(({ texts }) => texts.some(each => isSameText(each, text)));
  const running = kinds[0]?.texts.filter(
    text => text.rules.runsInServer && mayRun[text.rules.phase] && isSaidByAll(text),
  );
  return {
    requestHeaders: commonRequest(locations, composed, kinds),
    responseHeaders,
    run: running?.map(({ lines }) => lines) ?? [],
    first: inherited === '' ? undefined : kinds[0],
  };
}

/** Whether nothing in a location replaces what guards its server, and no internal location would inherit that. */
function isGuardedAsServer({ made, own }: Composed): boolean {
  const leadsElsewhere = [...made, own].some(({ declared }) => declared.some(({ kind }) => kind === 'location'));
  return !leadsElsewhere && made.every(({ parts }) => parts.saysAnything !== true);
}

export function isSameText(one: PhaseText, other: PhaseText | undefined): boolean {
  return one.rules === other?.rules && one.name === other.name && one.lines === other.lines;
}

/** Each once; most of the time there are few, or the same again and again. */
export function distinct<T>(all: readonly T[]): readonly T[] {
  const [first] = all;
  return all.every(each => each === first) ? all.slice(0, 1) : [...new Set(all)];
}

/** What is the same in all; undefined if there is nothing, or not the same. */
export function common<T>(kinds: readonly Composed[], take: (of: Composed) => T | undefined): T | undefined {
  const [first] = kinds;
  const wanted = first && take(first);
  return wanted !== undefined && kinds.every(each => take(each) === wanted) ? wanted : undefined;
}

/** The headers of requests count only where a backend is asked. */
function commonRequest(
  locations: readonly Location[],
  composed: readonly Composed[],
  kinds: readonly Composed[],
): Quoted | undefined {
  if (kinds.every(({ request }) => request === undefined)) return undefined;
  const proxied = composed.filter((_, index) => locations[index]?.target.kind === 'proxy');
  return common(proxied, ({ request }) => request?.tag);
}
