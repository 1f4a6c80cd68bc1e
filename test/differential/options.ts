import type { ControllerOptions } from './batch.ts';
import type { Chance } from './chance.ts';
import type { Pods } from './pods.ts';

const OPTIONS: readonly ((chance: Chance, pods: Pods) => ControllerOptions)[] = [
  () => ({ 'ssl-redirect': 'false' }),
  () => ({ 'force-ssl-redirect': 'true' }),
  () => ({ hsts: 'false' }),
  () => ({ 'hsts-max-age': '60', 'hsts-include-subdomains': 'false' }),
  () => ({ 'use-forwarded-headers': 'true' }),
  () => ({ 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' }),
  () => ({ 'enable-real-ip': 'true', 'proxy-real-ip-cidr': '127.0.0.0/8' }),
  chance => ({ 'block-cidrs': chance.pick(['127.0.0.4/32', '127.0.0.3,10.0.0.0/8']) }),
  () => ({ 'block-user-agents': '~*evil,curl/8' }),
  () => ({ 'block-referers': '~*spam' }),
  chance => ({ 'custom-http-errors': chance.pick(['404', '404,503']) }),
  chance => ({ 'http-redirect-code': chance.pick(['301', '307']) }),
  () => ({ 'no-tls-redirect-locations': '/foo,/.well-known/acme-challenge' }),
  () => ({ 'whitelist-source-range': '127.0.0.0/29' }),
  () => ({ 'denylist-source-range': '127.0.0.4' }),
  (_, pods) => ({ 'global-auth-url': `http://127.0.77.1:${pods.ports.http}/all` }),
  () => ({ 'proxy-add-original-uri-header': 'true' }),
  () => ({ 'generate-request-id': 'false' }),
  () => ({ 'service-upstream': 'true' }),
  () => ({ 'relative-redirects': 'true' }),
  () => ({ 'use-port-in-redirects': 'true' }),
  () => ({ 'preserve-trailing-slash': 'true' }),
  () => ({ 'proxy-http-version': '1.0' }),
  () => ({ 'strict-validate-path-type': 'false' }),
  () => ({ 'location-snippet': 'more_set_headers "X-All: yes";' }),
  () => ({ 'server-snippet': 'location = /of-all { return 404; }' }),
  () => ({ 'enable-underscores-in-headers': 'true' }),
  () => ({ 'forwarded-for-header': 'X-Client' }),
  () => ({ 'proxy-body-size': '1k' }),
  () => ({ 'add-headers': 'ingress/added', 'global-allowed-response-headers': 'X-Added,X-Team' }),
  () => ({ 'proxy-set-headers': 'ingress/sent' }),
  () => ({ 'global-allowed-response-headers': 'X-Added,X-Team' }),
];

/** Options of all hosts of a batch: none, or a few. */
export function optionsFor(chance: Chance, pods: Pods): ControllerOptions {
  return Object.assign(
    {},
    ...chance.some(OPTIONS, chance.below(5)).map(option => option(chance, pods)),
  ) as ControllerOptions;
}
