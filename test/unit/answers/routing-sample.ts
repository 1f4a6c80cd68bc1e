import { asked } from '../../support/routing.ts';
import type { Provenance } from '../../../src/diagnostics/provenance.ts';
import type { Location, Routing } from '../../../src/routing/model.ts';
import { objectNamed } from '../../support/object-name.ts';

function from(resource: string): readonly Provenance[] {
  return [{ resource: objectNamed(resource), field: { document: 'shop.yaml#0', path: [] } }];
}

function location(path: string, target: Location['target'], rest: Partial<Location> = {}): Location {
  return { match: 'prefix', path, policies: {}, target, from: from('Ingress shop/web'), ...rest };
}

/** A host with a certificate and two doors, one without, and the default server. */
export const ROUTING: Routing = {
  listeners: { addresses: ['0.0.0.0', '::'], httpPort: 80, httpsPort: 443 },
  defaultCertificate: { kind: 'placeholder' },
  resolvers: [],
  main: {},
  http: {},
  servers: [
    {
      host: '_',
      certificate: undefined,
      policies: {},
      locations: [
        location('/healthz', { kind: 'status', code: 200, reason: 'health check' }, { match: 'exact', from: [] }),
        location('/', { kind: 'status', code: 404, reason: 'no default backend' }, { from: [] }),
      ],
      from: [],
    },
    {
      host: 'shop.example.com',
      certificate: 'shop_tls',
      policies: {},
      locations: [
        location(
          '/admin/',
          { kind: 'proxy', to: { kind: 'upstream', name: 'shop-admin-80' } },
          {
            policies: { tlsRedirect: asked({ code: 308 }), basicAuth: asked({ realm: 'Staff', users: 'shop_users' }) },
          },
        ),
        location('/', { kind: 'proxy', to: { kind: 'upstream', name: 'shop-web-80' } }),
      ],
      from: from('Ingress shop/web'),
    },
    {
      host: 'api.example.com',
      certificate: undefined,
      policies: {},
      locations: [
        location(
          '^/v[0-9]+',
          { kind: 'status', code: 503, reason: 'no ready endpoint' },
          { match: 'regex', from: from('Ingress shop/api') },
        ),
      ],
      from: from('Ingress shop/api'),
    },
  ],
  upstreams: [],
  passthroughs: [],
  splits: [],
  files: [],
  streams: [],
};
