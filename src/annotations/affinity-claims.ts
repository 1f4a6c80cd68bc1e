import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Affinity, AffinityCookie } from '../routing/policies/affinity.ts';
import { annotationRef } from './annotation-ref.ts';
import type { UpstreamClaim } from './family.ts';
import { affinityConflict } from './rules/affinity.ts';

/** What one Ingress asks for. */
export interface AskedAffinity extends Pick<Affinity, 'cookie' | 'changesOnFailure'> {
  /** Undefined: what another Ingress of the Service says, else `balanced`. */
  readonly mode: Affinity['mode'] | undefined;
  /** Undefined: with the path of each rule. */
  readonly given: AffinityCookie | undefined;
}

/**
 * Ingresses that lead to one Service share its sessions: the cookie is that of the youngest, the mode that of the oldest
 * that has one.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, getBackendServers.
 */
export function settleAffinity(claims: Claims, report: Report): Affinity {
  const [oldest] = claims;
  const decides = claims.at(-1) ?? oldest;
  const { cookie, changesOnFailure } = decides.asked;
  const firstMode = claims.find(({ asked }) => asked.mode !== undefined);
  for (const claim of claims) {
    reportOther('cookie', claim, decides, report);
    if (firstMode !== undefined && claim.asked.mode !== undefined) reportOther('mode', claim, firstMode, report);
  }
  return { cookie, mode: firstMode?.asked.mode ?? 'balanced', changesOnFailure };
}

type Claims = readonly [UpstreamClaim<AskedAffinity>, ...UpstreamClaim<AskedAffinity>[]];

/** Says that another Ingress decides, if that makes a difference. */
function reportOther(
  what: 'cookie' | 'mode',
  { asked, ingress }: UpstreamClaim<AskedAffinity>,
  other: UpstreamClaim<AskedAffinity>,
  report: Report,
): void {
  const differs =
    what === 'mode'
      ? asked.mode !== other.asked.mode
      : JSON.stringify([asked.cookie, asked.changesOnFailure]) !==
        JSON.stringify([other.asked.cookie, other.asked.changesOnFailure]);
  if (!differs) return;
  const decides = objectText(other.ingress);
  const message = `${decides} leads to the same Service and asks for another affinity ${what}, which holds for both`;
  const name = what === 'mode' ? 'affinity-mode' : 'affinity';
  const related = [{ message: `that of ${decides} is here`, at: annotationRef(other.ingress, name) }];
  const help = `ask for the same affinity ${what} in both`;
  report({ rule: affinityConflict, message, help, at: annotationRef(ingress, name), related });
}
