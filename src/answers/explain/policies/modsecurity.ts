import type { Askers } from '../../../routing/policies.ts';
import type { Modsecurity, ModsecurityOfAll } from '../../../routing/policies/modsecurity.ts';
import { askerText, causesOf } from '../asking.ts';
import type { Effect, Explainer } from '../explainer.ts';

/** Of all hosts; a location with a word of its own is told of there. */
export const explainModsecurityOfAll: readonly Explainer<ModsecurityOfAll>[] = [
  {
    phase: 'server',
    explain({ asks, from }) {
      if (!asks.isClosed) return [];
      const reason = `rules of ModSecurity that keep somebody out cannot be followed: nobody gets in (${askerText(from[0])})`;
      const answer = { status: 503, reason };
      return [{ name: 'blocked', verdict: 'answered', text: reason, answer, advice: ['Correct the rules'] }];
    },
  },
  {
    phase: 'guard',
    explain: ({ asks, from }) => (asks.isClosed ? [] : [checked(from)]),
  },
];

export const explainModsecurity: Explainer<Modsecurity> = {
  phase: 'always',
  explain({ asks: { isOn }, from }, { routing }) {
    const ofAll = routing.http.modsecurity;
    if (isOn === true) return [checked(from)];
    return isOn === undefined && ofAll !== undefined ? [checked(ofAll.from)] : [];
  },
};

function checked(from: Askers): Effect {
  return {
    name: 'blocked',
    verdict: 'assumed',
    text: `ModSecurity is taken to let the request pass (${askerText(from[0])})`,
    details: ['a rule may answer it with 403'],
    causes: causesOf(from),
  };
}
