import { askerText, causesOf } from './asking.ts';
import type { Effect, OnTheWay } from './explainer.ts';
import { textOfParts } from './variables.ts';

/**
 * What becomes of an answer of nginx's with this status at a location, where that is not what the client gets: who is
 * not known to an auth service is sent to the page where one signs in. Of two pages for a status, nginx takes this one
 * before those of custom-http-errors.
 */
export function signInPage(status: number, at: OnTheWay): Effect | undefined {
  if (status !== 401) return undefined;
  const { externalAuth, globalAuth } = at.location.policies;
  const applied = externalAuth ?? globalAuth;
  if (applied?.asks.signIn === undefined) return undefined;
  const url = textOfParts(applied.asks.signIn, at);
  const asker = applied.from.find(({ name }) => name.endsWith('auth-signin')) ?? applied.from[0];
  const reason = `401 is answered by sending the client to ${url} (${askerText(asker)})`;
  return {
    name: 'errors',
    verdict: 'answered',
    text: reason,
    causes: causesOf([asker]),
    answer: { status: 302, url, reason, hasBody: true },
  };
}
