import type { LocationFacts } from '../annotations/facts.ts';
import { defineFamily } from '../annotations/family.ts';
import { saysNames } from '../routing/variable-text.ts';
import type { LocationNames } from '../routing/policies/location-names.ts';
import { accessLogs } from './access-logs.ts';
import { formatParts } from './log-formats.ts';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';

/** Equal ones are one object, so that locations share what is made of it. */
type Known = Map<string, LocationNames>;

function namesOf({ ingress, backend, written = '/' }: LocationFacts, known: Known): LocationNames {
  const service = backend?.service ?? '';
  const port = backend === undefined ? '' : 'name' in backend.port ? backend.port.name : `${backend.port.number}`;
  const names = { namespace: ingress.namespace, ingress: ingress.name, service, port, path: written };
  const key = JSON.stringify(Object.values(names));
  const found = known.get(key) ?? names;
  known.set(key, found);
  return found;
}

/**
 * What headers and logs may say of the location that takes a request, by variables of the controller. Whether any header does is
 * known where its ConfigMap is read; until then each location has its names.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, getIngressInformation.
 */
export const locationNames = defineFamily({
  name: 'locationNames',
  annotations: {},
  options: {
    'proxy-set-headers': requestHeaders.options['proxy-set-headers'],
    'add-headers': responseHeaders.options['add-headers'],
    'log-format-upstream': accessLogs.options['log-format-upstream'],
  },
  read: () => undefined,
  byDefault(options): Known | undefined {
    const mayHeaders = options['proxy-set-headers'] !== '' || options['add-headers'] !== '';
    const isAsked = mayHeaders || saysNames(formatParts(options['log-format-upstream']));
    return isAsked ? new Map<string, LocationNames>() : undefined;
  },
  gives: { location: (known, facts) => namesOf(facts, known) },
});
