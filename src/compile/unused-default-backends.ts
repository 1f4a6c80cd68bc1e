import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Ingress } from '../resources/model.ts';
import type { HostDraft } from './hosts.ts';
import { DEFAULT_HOST, shownHost } from './hosts.ts';
import type { IngressPlan } from './plan.ts';
import { unusedDefaultBackend } from './rules/default-backend.ts';

/**
 * Says which default backends of Ingresses with rules are never asked. Such a backend only serves the rest of the hosts
 * that its Ingress brings first, and of those that no rule has `/` of.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createServers.
 */
export function reportUnusedDefaultBackends(
  plans: readonly IngressPlan[],
  byHost: () => ReadonlyMap<string, HostDraft>,
  report: Report,
): void {
  const candidates = plans.filter(({ ingress, isDropped }) => !isDropped && hasRulesAndBackend(ingress));
  if (candidates.length === 0) return;
  const drafts = byHost();
  for (const { ingress } of candidates) {
    const { defaultBackend } = ingress;
    if (defaultBackend?.kind !== 'service' || isUsed(ingress, drafts)) continue;
    const host = ingress.rules[0]?.host;
    const draft = drafts.get(host === undefined || host === '' ? DEFAULT_HOST : host);
    const root = draft?.paths.get('^/');
    const holder = root?.from[0];
    const where = draft === undefined ? '' : ` on ${shownHost(draft)}`;
    const winner = holder === undefined ? 'the default backend' : objectText(holder.resource);
    const message = `the defaultBackend "${defaultBackend.service}" is never used: ${winner} serves what no other path matches${where}`;
    const help = 'make it a rule with `path: /`, or remove it';
    const related =
      holder === undefined ? [] : [{ message: `${objectText(holder.resource)} has it`, at: holder.field }];
    // Nothing is lost where the path leads to the same Service.
    const isSame = root?.backend?.kind === 'service' && root.backend.service === defaultBackend.service;
    const severity = isSame ? { severity: 'info' as const } : {};
    report({ rule: unusedDefaultBackend, message, help, at: defaultBackend.at, related, ...severity });
  }
}

/** Whether any of its hosts leads to its default backend. */
function isUsed({ rules, defaultBackend }: Ingress, drafts: ReadonlyMap<string, HostDraft>): boolean {
  return rules.some(({ host }) => {
    const paths = drafts.get(host === '' ? DEFAULT_HOST : host)?.paths.values() ?? [];
    return [...paths].some(({ backend }) => backend === defaultBackend);
  });
}

function hasRulesAndBackend({ rules, defaultBackend }: Ingress): boolean {
  return rules.length > 0 && defaultBackend?.kind === 'service';
}
