import { isWithin } from '../../../routing/networks.ts';
import type { Limits } from '../../../routing/policies/limits.ts';
import { askerText } from '../asking.ts';
import type { Explainer, OnTheWay } from '../explainer.ts';

export const explainLimits: Explainer<Limits> = {
  phase: 'guard',
  explain({ asks, from }, at) {
    const exempt = exemptNetwork(asks, at.clientIp);
    if (exempt !== undefined) {
      const text = `${at.clientIp ?? ''} is not limited: it is in ${exempt} (limit-allowlist)`;
      return [{ name: 'limits', verdict: 'passed', text }];
    }
    const { ofRequests = 503, ofConnections = 503 } = at.routing.http.limits?.asks ?? {};
    const rates = asks.requests.map(({ per, most, burst }) => ({
      text: `${most} requests a ${per}, ${burst} more at once`,
      over: ofRequests,
    }));
    const connections =
      asks.connections === 0 ? [] : [{ text: `${asks.connections} requests in progress`, over: ofConnections }];
    const all = [...rates, ...connections];
    return [
      {
        name: 'limits',
        verdict: 'assumed',
        text: `the client is taken to be within its limits: ${all.map(({ text }) => text).join('; ')} (${askerText(from[0])})`,
        details: [`a request too many is answered with ${[...new Set(all.map(({ over }) => over))].join(' or ')}`],
      },
    ];
  },
};

function exemptNetwork({ exempt }: Limits, clientIp: OnTheWay['clientIp']): string | undefined {
  return clientIp === undefined ? undefined : exempt.find(network => isWithin(clientIp, network));
}
