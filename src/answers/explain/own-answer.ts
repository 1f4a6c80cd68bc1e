import type { RedirectTarget, StatusTarget } from '../../routing/model.ts';
import { adviceForStatus } from './advice.ts';
import { causesOf } from './asking.ts';
import type { OnTheWay } from './explainer.ts';
import { textOf } from '../../routing/bytes.ts';
import { fieldCauses, step } from './step.ts';
import type { End, Trail } from './trail.ts';
import { answered } from './trail.ts';
import { hostUrl, locationHeader } from './urls.ts';

/** A location that answers by itself: there is no backend, or access to it is closed. */
export function answerByItself(target: StatusTarget, at: OnTheWay, trail: Trail): End {
  const { code } = target;
  const reason = reasonOf(target, at);
  const causes = fieldCauses(at.location.from);
  const details = target.notReady === undefined ? [] : [endpointsText(target.notReady)];
  trail.steps.push(step('upstream', 'answered', `${code}: ${reason}`, { details, causes }));
  return answered(code, reason, adviceForStatus(target, at));
}

function endpointsText(notReady: number): string {
  if (notReady === 0) return 'it has no endpoints at all, ready or not';
  return notReady === 1 ? 'its only endpoint is not ready' : `none of its ${notReady} endpoints is ready`;
}

function reasonOf({ reason, code, service }: StatusTarget, { location, server, path }: OnTheWay): string {
  if (code === 403 || (code === 503 && service === undefined)) return `the path is closed: ${reason}`;
  if (code !== 404 || location.written !== undefined) return reason;
  if (server.host === '_') return `no Ingress has this host, and there is ${reason}`;
  return `no path of ${server.host} fits ${textOf(path)}, and there is ${reason}`;
}

/** A location that sends all requests elsewhere. */
export function redirectAll({ code, to, from }: RedirectTarget, at: OnTheWay, trail: Trail): End {
  const url =
    to.kind === 'host'
      ? hostUrl(to.host, at)
      : locationHeader(to.url.replaceAll('$', '%24'), at, at.location.policies.redirects?.asks);
  const reason =
    to.kind === 'host' ? `all of ${at.server.host} is redirected to ${to.host}` : 'all requests are redirected';
  const isSent = SENT_WITH.has(code);
  trail.steps.push(
    step('redirect', 'answered', `${code} to ${url}: ${reason}`, {
      causes: from === undefined ? fieldCauses(at.location.from) : causesOf(from),
    }),
  );
  const outcome = { kind: 'answer', status: code, ...(isSent ? { url } : {}), reason } as const;
  return { outcome, advice: [...certificateAdvice(at), 'Remove the redirect to have a backend answer'] };
}

/** Browsers look at the certificate before they hear of the redirect. */
function certificateAdvice({ request, server, routing }: OnTheWay): readonly string[] {
  const isUntrusted = server.certificate === undefined && routing.defaultCertificate.kind === 'placeholder';
  if (request.scheme === 'http' || !isUntrusted) return [];
  return [
    `Add ${server.host} to the hosts of a TLS entry whose Secret has a certificate for it: browsers warn before they are redirected`,
  ];
}

/** nginx sends a Location with these alone. */
const SENT_WITH: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
