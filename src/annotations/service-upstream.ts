import { keyOfObject } from '../cluster/object-name.ts';
import { objectText } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';
import type { Ingress } from '../resources/model.ts';
import type { ServiceUpstream } from '../routing/policies/service-upstream.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import type { ReadContext } from './family.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { serviceUpstreamConflict } from './rules/service-upstream.ts';

const NAME = 'service-upstream';

/** What one Ingress asks for. */
interface Asked {
  readonly isAtClusterIp: boolean;
  /** An annotation says so, and not the option. */
  readonly isOwn: boolean;
}

/** The Services that an Ingress leads to, each once. */
function servicesOf({ defaultBackend, rules }: Ingress): ReadonlySet<string> {
  const all = [defaultBackend, ...rules.flatMap(({ paths = [] }) => paths.map(({ backend }) => backend))];
  return new Set(all.flatMap(backend => (backend?.kind === 'service' ? [backend.service] : [])));
}

/** Says which Services have no address of their own. */
function reportHeadless({ ingress, tables, report }: Omit<ReadContext<unknown>, 'options'>): void {
  for (const service of servicesOf(ingress)) {
    const key = keyOfObject(ingress.namespace, service);
    const found = tables.services.get(key);
    if (found === undefined || found.isRefused || found.clusterIP !== 'None') continue;
    const message = `${NAME} has no effect on the headless Service ${key}: requests go to its endpoints`;
    const help = `remove ${NAME}, or give the Service a cluster IP`;
    report({ rule: annotationWithoutEffect, message, help, at: annotationRef(ingress, NAME) });
  }
}

const summary =
  'Whether requests go to the address of a Service, if it has one, instead of to its endpoints. A `--backend-address` other than `auto` decides for all Services.';

const becomes = 'upstream, server';

/**
 * Whether the cluster spreads requests over the endpoints of a Service.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/controller.go, createUpstreams.
 */
export const serviceUpstream = defineFamily({
  name: 'serviceUpstream',
  annotations: {
    [NAME]: {
      type: bool,
      default: false,
      defaultFrom: NAME,
      ifRefused: false,
      example: 'true',
      summary,
      becomes,
    } satisfies OptionSpec<boolean>,
  },
  options: {
    [NAME]: { type: bool, default: false, example: 'true', summary, becomes } satisfies OptionSpec<boolean>,
  },
  byDefault(options): Asked | undefined {
    return options[NAME] ? { isAtClusterIp: true, isOwn: false } : undefined;
  },
  read(values, context): Asked {
    const isAtClusterIp = values[NAME];
    const isOwn = annotationText(context.ingress, NAME) !== '' && !context.refused.has(NAME);
    if (isAtClusterIp && isOwn) reportHeadless(context);
    return { isAtClusterIp, isOwn };
  },
  gives: {
    upstream(claims, report): ServiceUpstream | undefined {
      const decided = claims.some(({ asked, ingress, maker }) => ingress === maker && asked.isAtClusterIp);
      for (const { asked, ingress, maker } of claims) {
        if (!asked.isOwn || asked.isAtClusterIp === decided) continue;
        const decides = objectText(maker);
        const message = `${NAME} has no effect: ${decides} leads to the same Service, and decides how it is reached`;
        const at = annotationRef(ingress, NAME);
        report({ rule: serviceUpstreamConflict, message, help: `write the same in ${decides}`, at });
      }
      return decided ? { to: 'cluster-ip' } : undefined;
    },
  },
});
