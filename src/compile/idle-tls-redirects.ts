import { annotationRef, annotationText } from '../annotations/annotation-ref.ts';
import { annotationWithoutEffect } from '../annotations/rules/annotations.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { ControllerConfig } from '../options/config.ts';
import { bool } from '../options/value-type.ts';
import type { Ingress } from '../resources/model.ts';
import type { IngressPlan } from './plan.ts';
import type { TlsTable } from './tls.ts';

const REDIRECT = 'ssl-redirect';
const FORCED = 'force-ssl-redirect';

function isOn(ingress: Ingress, name: string): boolean {
  const read = bool.parse(annotationText(ingress, name));
  return read.ok && read.value;
}

/**
 * Says where `ssl-redirect` was written to send clients to HTTPS and sends nobody, since no Ingress has `tls` for the
 * hosts. A certificate for all hosts, which the controller may have, changes nothing about it.
 */
export function reportIdleTlsRedirects(
  plans: readonly IngressPlan[],
  { ofHosts, config }: Pick<TlsTable, 'ofHosts'> & { readonly config: ControllerConfig },
  report: Report,
): void {
  if (config.values[FORCED] === true) return;
  for (const { ingress, isDropped } of plans) {
    if (annotationText(ingress, REDIRECT) === '' || isDropped || ingress.rules.length === 0) continue;
    if (!isOn(ingress, REDIRECT) || isOn(ingress, FORCED)) continue;
    if (ingress.rules.some(({ host }) => host === '' || ofHosts.get(host) !== undefined)) continue;
    report({
      rule: annotationWithoutEffect,
      message: `${REDIRECT}: "true" has no effect without \`tls\`: plain HTTP is not redirected`,
      help: 'add `tls` with its hosts, or write force-ssl-redirect: "true" if something else has the certificate',
      at: annotationRef(ingress, REDIRECT),
    });
  }
}
