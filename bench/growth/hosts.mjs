// @ts-check
import { address, many, object, path, rule, ingress, secret, PLAIN, WEB, onePerHost } from './manifests.mjs';

/** @typedef {import('./manifests.mjs').Shape} Shape */

/** @type {Readonly<Record<string, Shape>>} */
export const HOSTS = {
  'hosts of an Ingress': n => [ingress(onePerHost(n)), WEB],
  'Ingresses with a host each': n => [...many(n, i => ingress([rule(`h${i}.example`)], { name: `a${i}` })), WEB],
  'rules of one host': n => [ingress(many(n, i => rule('shop.example', [path(`/p${i}`)]))), WEB],
  'wildcard hosts': n => [ingress(many(n, i => rule(`*.h${i}.example`))), WEB],
  'a wildcard above each host': n => [
    ingress(many(n, i => [rule(`*.h${i}.example`), rule(`a.h${i}.example`)]).flat(), {
      spec: { tls: [{ hosts: many(n, i => `*.h${i}.example`), secretName: 'staff' }] },
    }),
    WEB,
  ],
  'hosts that share a status': n => [
    {
      ...ingress(onePerHost(n)),
      status: { loadBalancer: { ingress: many(n, i => ({ ip: address(i), hostname: `lb${i}.example` })) } },
    },
    WEB,
  ],
  'hosts that are none': n => [ingress(many(n, i => rule(`H${i}.example`))), WEB],
  'Ingresses without rules': n => [
    ...many(n, i => ingress(undefined, { name: `a${i}`, spec: { defaultBackend: path('').backend } })),
    WEB,
  ],
  'Ingresses of other classes': n => [
    PLAIN,
    ...many(n, i => ingress(undefined, { name: `a${i}`, spec: { ingressClassName: `c${i}` } })),
    WEB,
  ],
  'IngressClasses that are the default': n => [
    ...many(n, i =>
      object(
        'IngressClass',
        `c${i}`,
        { spec: { controller: 'k8s.io/ingress-nginx' } },
        { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      ),
    ),
    PLAIN,
    WEB,
  ],
};

/** @type {Readonly<Record<string, Shape>>} */
export const TLS = {
  'hosts in one TLS entry': n => [
    ingress(onePerHost(n), { spec: { tls: [{ hosts: many(n, i => `h${i}.example`), secretName: 'cert' }] } }),
    WEB,
  ],
  'hosts with a TLS entry each': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ hosts: [`h${i}.example`], secretName: 'cert' })) } }),
    WEB,
  ],
  'hosts and TLS entries without hosts': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ secretName: `t${i}` })) } }),
    WEB,
  ],
  'hosts and TLS entries of others': n => [
    ingress(onePerHost(n), { spec: { tls: many(n, i => ({ hosts: [`o${i}.example`], secretName: `t${i}` })) } }),
    WEB,
  ],
  'Ingresses with a Secret each for one host': n => [
    ...many(n, i =>
      ingress([rule('shop.example', [path(`/p${i}`)])], {
        name: `a${i}`,
        spec: { tls: [{ hosts: ['shop.example'], secretName: `t${i}` }] },
      }),
    ),
    WEB,
  ],
  'TLS Secrets that are none': n => [
    ...many(n, i =>
      ingress([rule(`h${i}.example`)], {
        name: `a${i}`,
        spec: { tls: [{ hosts: [`h${i}.example`], secretName: `t${i}` }] },
      }),
    ),
    ...many(n, i => secret(`t${i}`, { 'tls.crt': `no ${i}`, 'tls.key': 'no' }, 'kubernetes.io/tls')),
    WEB,
  ],
};
