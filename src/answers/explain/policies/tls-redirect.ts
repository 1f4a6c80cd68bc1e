import type { TlsRedirect } from '../../../routing/policies/tls-redirect.ts';
import { askerText } from '../asking.ts';
import type { Explainer, OnTheWay } from '../explainer.ts';
import { asAsked, headerOf, isBelieved } from '../request-headers.ts';
import { httpsUrl } from '../urls.ts';

export const explainTlsRedirect: Explainer<TlsRedirect> = {
  phase: 'https',
  explain({ asks, from }, at) {
    const { scheme } = asAsked(at.request, at.routing);
    if (scheme !== 'http') {
      if (at.request.scheme === 'https') return [];
      const text = `X-Forwarded-Proto: ${scheme} is believed (use-forwarded-headers): no redirect to HTTPS`;
      return [{ name: 'https', verdict: 'passed', text }];
    }
    const reason = `plain HTTP is redirected to HTTPS (${askerText(from[0])})`;
    return [
      {
        name: 'https',
        verdict: 'answered',
        text: reason,
        details: proxyDetails(at),
        answer: { status: asks.code, url: httpsUrl(asks, at), reason },
        advice: [
          `Ask over HTTPS, or turn the redirect off with ssl-redirect: "false"${forced(from)}`,
          ...slashAdvice(asks, at),
          ...proxyAdvice(at),
        ],
      },
    ];
  },
};

function slashAdvice({ keepsSlash }: TlsRedirect, { request }: OnTheWay): readonly string[] {
  if (keepsSlash === true || !request.target.endsWith('/') || request.target === '/') return [];
  return ['The slash at the very end is dropped: set preserve-trailing-slash: "true" to keep it'];
}

function forced(from: readonly { readonly name: string }[]): string {
  return from.some(({ name }) => name === 'force-ssl-redirect') ? ' and force-ssl-redirect: "false"' : '';
}

/** A redirect loop behind a load balancer that ends TLS. */
function proxyDetails({ request, routing }: OnTheWay): readonly string[] {
  const said = headerOf('X-Forwarded-Proto', request, routing);
  return said === undefined || isBelieved(routing)
    ? []
    : [`X-Forwarded-Proto: ${said} does not count: use-forwarded-headers is off`];
}

function proxyAdvice({ request, routing }: OnTheWay): readonly string[] {
  if (request.scheme === 'https' || isBelieved(routing)) return [];
  return [
    'If TLS ends in a load balancer in front of nginx, this redirect loops: set use-forwarded-headers: "true" in the controller\'s ConfigMap, so that its X-Forwarded-Proto: https counts',
  ];
}
