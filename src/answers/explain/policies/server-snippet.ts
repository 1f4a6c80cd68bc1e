import type { Askers } from '../../../routing/policies.ts';
import type { ServerSnippet } from '../../../routing/policies/server-snippet.ts';
import type { LocationStatement } from '../../../routing/snippets.ts';
import { checkSnippetAddress } from '../address-check.ts';
import { askerText } from '../asking.ts';
import type { AtServer, Effect, Explainer, OnTheWay } from '../explainer.ts';
import { effectsOf, splitAtStop } from '../snippet-effects.ts';
import { entering, runStatements } from '../snippet-run.ts';

/** What a server runs before it chooses a location. */
export const explainServerSnippet: Explainer<ServerSnippet> = {
  phase: 'server',
  explain({ asks: { statements }, from }, at) {
    const [first, resumed] = splitAtStop(statements);
    const left = runStatements([...first, ...resumed], entering(at), at);
    const isIdle = statements.every(({ kind }) => kind === 'location' || kind === 'access');
    if (isIdle) return [];
    // The location is chosen behind it in any case.
    return effectsOf({ statements, from, at }, { ...left, isFinal: false });
  },
};

/** A location that a snippet has beside those of paths: what does not answer there finds nothing. */
export function explainSnippetLocation(
  { body }: LocationStatement,
  from: Askers,
  at: AtServer & Pick<OnTheWay, 'groups'>,
): readonly Effect[] {
  const [first, resumed] = splitAtStop(body);
  const left = runStatements([...first, ...resumed], entering(at, {}, at.groups), at);
  const snippet = { statements: body, from, at };
  const effects = effectsOf(snippet, left);
  if (left.answer !== undefined || left.unclear !== undefined || left.isRewritten) return effects;
  const refused = checkSnippetAddress(body, from, at);
  if (refused?.answer !== undefined) return [refused];
  const reason = `${askerText(from[0])} has a location of its own for this path, in which nothing answers`;
  return [{ name: 'snippet', verdict: 'answered', text: reason, answer: { status: 404, reason } }];
}
