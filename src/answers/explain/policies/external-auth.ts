import type { Applied } from '../../../routing/policies.ts';
import type { ExternalAuth } from '../../../routing/policies/external-auth.ts';
import { askerText, causesOf } from '../asking.ts';
import type { Effect, OnTheWay } from '../explainer.ts';
import { textOfParts } from '../variables.ts';

/** The service that is asked, which is taken to let the request in. */
export function askService({ asks, from }: Applied<ExternalAuth>, at: OnTheWay): Effect {
  const causes = causesOf(from);
  const url = serviceUrl(asks, at);
  const asker = askerText(from[0]);
  if (isUnreachable(asks, at)) {
    const reason = `the auth service ${url} of ${asker} cannot be reached, so that nobody gets in`;
    return {
      name: 'auth',
      verdict: 'answered',
      text: reason,
      causes,
      answer: { status: 500, reason },
      advice: [`Name a Service with ready endpoints, or a host that resolves, in ${asker}`],
    };
  }
  return {
    name: 'auth',
    verdict: 'assumed',
    text: `the auth service ${url} is asked and taken to answer 2xx (${asker})`,
    details: [refusedText(asks, at), 'if it answers 403, so does nginx; anything else is a 500', ...headersText(asks)],
    causes,
    requestHeaders: asks.headers.map(name => ({ name, value: undefined })),
  };
}

/** nginx reaches itself by HTTP alone. */
function isUnreachable({ to }: ExternalAuth, { routing }: OnTheWay): boolean {
  return to === undefined || (to.kind === 'self' && routing.listeners.takesProxyProtocol === true);
}

function serviceUrl({ isTls, host, uri }: ExternalAuth, at: OnTheWay): string {
  return `${isTls ? 'https' : 'http'}://${textOfParts(host, at)}${textOfParts(uri, at)}`;
}

function refusedText({ signIn }: ExternalAuth, at: OnTheWay): string {
  if (signIn === undefined) return 'if it answers 401, so does nginx';
  return `if it answers 401, the client is sent (302) to ${textOfParts(signIn, at)}`;
}

function headersText({ headers }: ExternalAuth): readonly string[] {
  if (headers.length === 0) return [];
  return [`backends get ${headers.join(', ')} from its answer, in place of what the client sends`];
}
