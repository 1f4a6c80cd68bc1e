import type { Provenance } from '../../../src/diagnostics/provenance.ts';
import type { Location, Routing } from '../../../src/routing/model.ts';
import { objectNamed } from '../../support/object-name.ts';

function from(resource: string): readonly Provenance[] {
  return [{ resource: objectNamed(resource), field: { document: 'shop.yaml#0', path: [] } }];
}

const users = {
  id: 'shop_users',
  content: 'alice:x\n',
  from: { resource: objectNamed('Secret shop/users'), field: { document: 'shop.yaml#9', path: [] } },
};

function location(path: string, target: Location['target'], rest: Partial<Location> = {}): Location {
  return { match: 'prefix', path, policies: {}, target, from: from('Ingress shop/web'), ...rest };
}

/** A host with a certificate and two doors, one without, and the default server. */
export const ROUTING: Routing = {
  listeners: { addresses: ['0.0.0.0', '::'], httpPort: 80, httpsPort: 443 },
  settings: {
    hsts: undefined,
    tlsProtocols: ['TLSv1.3'],
    tlsCiphers: 'HIGH',
    defaultCertificate: { kind: 'placeholder' },
    resolvers: [],
    workerShutdownTimeout: '240s',
  },
  servers: [
    {
      host: '_',
      certificate: undefined,
      locations: [
        location('/healthz', { kind: 'status', code: 200, reason: 'health check' }, { match: 'exact', from: [] }),
        location('/', { kind: 'status', code: 404, reason: 'no default backend' }, { from: [] }),
      ],
      from: [],
    },
    {
      host: 'shop.example.com',
      certificate: 'shop_tls',
      locations: [
        location(
          '/admin/',
          { kind: 'upstream', upstream: 'shop-admin-80' },
          { policies: { rewrite: undefined, tlsRedirect: { code: 308 }, basicAuth: { realm: 'Staff', users } } },
        ),
        location('/', { kind: 'upstream', upstream: 'shop-web-80' }),
      ],
      from: from('Ingress shop/web'),
    },
    {
      host: 'api.example.com',
      certificate: undefined,
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
  certificates: [],
  streams: [],
};
