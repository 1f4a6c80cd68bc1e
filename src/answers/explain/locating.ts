import { objectText } from '../../diagnostics/place.ts';
import type { LostLocation } from '../../routing/lost-locations.ts';
import type { FoundLocation } from '../../routing/match-location.ts';
import { matchLocation } from '../../routing/match-location.ts';
import type { Location } from '../../routing/model.ts';
import { isWithin } from '../../routing/networks.ts';
import type { RequestUri } from '../../routing/request-uri.ts';
import { textOf } from '../../routing/bytes.ts';
import { atLocation } from './at-location.ts';
import { causesOf } from './asking.ts';
import type { AtServer, NewUri, OnTheWay } from './explainer.ts';
import { checkBody } from './policies/body-size.ts';
import { explainSnippetLocation } from './policies/server-snippet.ts';
import type { Cause, Step } from './model.ts';
import { slashEnd } from './slash.ts';
import { fieldCauses, step } from './step.ts';
import type { End, Trail } from './trail.ts';
import { answered, follow } from './trail.ts';

/** nginx chooses a location anew so often. Source: nginx, NGX_HTTP_MAX_URI_CHANGES. */
const MOST_CHANGES = 10;

/** Chooses the location, and goes on there, as often as a rewrite begins again. */
export function findLocation(at: AtServer, uri: RequestUri | undefined, trail: Trail): End {
  let current = at;
  let sent = uri;
  for (let changes = 0; changes <= MOST_CHANGES; changes += 1) {
    const found = matchLocation(current.routing, current.server, current.path);
    if (found.kind === 'unclear') return { outcome: { kind: 'unclear', reason: found.reason }, advice: [] };
    if (found.kind !== 'found') {
      const reason = `no location of ${serverText(current)} takes the path`;
      trail.steps.push(step('location', 'answered', reason, { details: found.losers.filter(isOfRule).map(lostText) }));
      return answered(404, reason);
    }
    trail.steps.push(locationStep(found, current));
    const next = endAt(found, current, sent, trail);
    if (!('path' in next)) return next;
    current = { ...current, path: next.path, query: next.query };
    sent = undefined;
  }
  trail.steps.push(step('location', 'answered', 'the rewrites lead to each other again and again'));
  return answered(500, 'the rewrites lead to each other again and again');
}

function endAt(
  found: FoundLocation,
  at: AtServer,
  uri: RequestUri | undefined,
  trail: Trail,
): ReturnType<typeof atLocation> {
  const { place, groups } = found;
  switch (place.kind) {
    case 'location':
      return atLocation({ ...at, location: place.location, groups }, uri, trail);
    case 'slash':
      return slashEnd({ ...at, location: place.folder, groups }, found, trail);
    case 'status-page':
      return statusPageEnd(place, at, trail);
    case 'snippet':
      return snippetEnd(place, { ...at, groups }, trail);
  }
}

/** The counters of nginx, for those who may read them. */
function statusPageEnd(
  { asks: { readers }, from }: Extract<FoundLocation['place'], { readonly kind: 'status-page' }>,
  { clientIp }: AtServer,
  trail: Trail,
): End {
  const causes = causesOf(from);
  if (clientIp !== undefined && !readers.some(reader => isWithin(clientIp, reader))) {
    const reason = `the status page of nginx is for ${readers.join(', ')}, and the client is ${clientIp}`;
    trail.steps.push(step('access', 'answered', `403: ${reason}`, { causes }));
    return answered(403, reason, ['Add the address of the client to the option nginx-status-ipv4-whitelist']);
  }
  const verdict = clientIp === undefined ? 'assumed' : 'passed';
  trail.steps.push(step('access', verdict, `the status page of nginx, for ${readers.join(', ')}`, { causes }));
  return answered(200, 'the status page of nginx');
}

/** A location of a snippet, which answers in any case. */
function snippetEnd(
  { statement, from }: Extract<FoundLocation['place'], { readonly kind: 'snippet' }>,
  at: AtServer & Pick<OnTheWay, 'groups'>,
  trail: Trail,
): End | NewUri {
  if (statement.kind === 'other') {
    const reason = `a snippet has the location ${statement.words.join(' ')}, which only nginx can run`;
    trail.steps.push(step('snippet', 'assumed', reason, { causes: causesOf(from) }));
    return { outcome: { kind: 'unclear', reason }, advice: [] };
  }
  const { bodySize } = at.routing.http;
  for (const effect of bodySize === undefined ? [] : checkBody(bodySize, at)) {
    const end = follow(effect, bodySize?.from, trail);
    if (end !== undefined) return end;
  }
  for (const effect of explainSnippetLocation(statement, from, at)) {
    const end = follow(effect, from, trail);
    if (end !== undefined) return end;
    if (effect.uri !== undefined) return effect.uri;
  }
  return answered(404, 'nothing answers in the location of a snippet');
}

/** The location, why it takes the path, and those that did not. */
function locationStep(found: FoundLocation, at: AtServer): Step {
  const { place, match, text, because, losers } = found;
  const details = losers.filter(isOfRule).map(lostText);
  if (place.kind === 'location' && isCatchAll(place.location)) {
    const { from, target } = place.location;
    const by = target.kind === 'proxy' ? ', so that the default backend answers' : '';
    const causes = target.kind === 'proxy' ? fieldCauses(from) : [];
    return step('location', 'chose', `no path of ${serverText(at)} fits ${textOf(at.path)}${by}`, { details, causes });
  }
  const written = place.kind === 'location' ? writtenText(place.location) : '';
  const regexFrom = place.kind === 'location' && match === 'regex' ? at.server.regexFrom : undefined;
  const regex = regexFrom === undefined ? [] : [regexFrom];
  const why = regex.map(
    ({ resource }) =>
      `all paths of the host are regular expressions, which ignore case, because of ${objectText(resource)}`,
  );
  return step('location', 'chose', `${KINDS[match]} ${text}${written}, ${because}`, {
    details: [...why, ...details],
    causes: [...causesOfPlace(place), ...fieldCauses(regex)],
  });
}

/** What takes the paths that no rule of the host has. */
function isCatchAll({ written, path, target }: Location): boolean {
  return written === undefined && /^\^?\/$/.test(path) && target.kind !== 'redirect';
}

function causesOfPlace(place: FoundLocation['place']): readonly Cause[] {
  switch (place.kind) {
    case 'location':
      return fieldCauses(place.location.from);
    case 'slash':
      return fieldCauses(place.folder.from);
    case 'snippet':
    case 'status-page':
      return causesOf(place.from);
  }
}

const KINDS = { exact: 'the exact path', prefix: 'the prefix', regex: 'the expression' } as const;

/** The path as its rule has it, where nginx has another one. */
function writtenText({ written, path }: Location): string {
  if (written === undefined || written.path === path) return '';
  return ` (path: ${written.path}, ${written.pathType})`;
}

function serverText({ server }: AtServer): string {
  return server.host === '_' ? 'the default server' : server.host;
}

/** Not the 404 that each host has for paths that it has not. */
function isOfRule({ place }: LostLocation): boolean {
  return place.kind !== 'location' || place.location.written !== undefined || place.location.target.kind === 'proxy';
}

function lostText({ match, text, place, reason }: LostLocation): string {
  const resource = place.kind === 'location' ? place.location.from[0]?.resource : undefined;
  const of = resource === undefined ? '' : ` of ${objectText(resource)}`;
  return `not ${KINDS[match].replace(/^the /, '')} ${text}${of}: ${reason}`;
}
