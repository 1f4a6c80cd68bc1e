import type { Provenance } from '../../src/diagnostics/provenance.ts';
import type { Location, Peer, Peers, Routing, Server, Target, Upstream } from '../../src/routing/model.ts';
import type { Policies } from '../../src/routing/policies.ts';
import { objectNamed } from './object-name.ts';

const CIPHERS = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256';

/** A part of a manifest that does not exist: `shop/web` gives the Ingress of that name. */
export function fromIngress(name: string): Provenance {
  return {
    resource: objectNamed(`Ingress ${name}`),
    field: { document: `${name}.yaml#0`, path: ['spec', 'rules', 0] },
  };
}

/** A Routing with the default server only, plus what is given. */
export function routingOf(parts: Partial<Routing> & { readonly hosts?: readonly Server[] }): Routing {
  const { hosts = [], ...rest } = parts;
  return {
    listeners: { addresses: ['0.0.0.0', '::'], httpPort: 8080, httpsPort: 8443 },
    settings: {
      hsts: 'max-age=31536000; includeSubDomains',
      tlsProtocols: ['TLSv1.2', 'TLSv1.3'],
      tlsCiphers: CIPHERS,
      defaultCertificate: { kind: 'placeholder' },
      resolvers: [],
      workerShutdownTimeout: '240s',
    },
    servers: [defaultServer(), ...hosts],
    upstreams: [],
    certificates: [],
    streams: [],
    ...rest,
  };
}

function defaultServer(): Server {
  return {
    host: '_',
    certificate: undefined,
    locations: [
      { match: 'exact', path: '/healthz', policies: {}, target: status(200, 'health check'), from: [] },
      { match: 'prefix', path: '/', policies: {}, target: status(404, 'no Ingress takes this'), from: [] },
    ],
    from: [],
  };
}

/** A host of the Ingress `shop/web`, unless another one is named. */
export function serverOf(host: string, locations: readonly Location[], ...ingresses: readonly string[]): Server {
  const from = (ingresses.length > 0 ? ingresses : ['shop/web']).map(fromIngress);
  return { host, certificate: undefined, locations, from };
}

/** `= /path`, `~* ^/path` or `/path`, as nginx writes it. */
export function locationOf(head: string, target: Target, policies: Policies = {}, ingress = 'shop/web'): Location {
  const [, modifier = '', path = ''] = /^(= |~\* |)(.*)$/s.exec(head) ?? [];
  const match = modifier === '= ' ? 'exact' : modifier === '~* ' ? 'regex' : 'prefix';
  return { match, path, policies, target, from: [fromIngress(ingress)] };
}

export function to(upstream: string): Target {
  return { kind: 'upstream', upstream };
}

export function status(code: 200 | 404 | 503, reason: string): Target {
  return { kind: 'status', code, reason };
}

/** Addresses as nginx writes them: `10.0.0.1:80`, `[fd00::1]:80`. */
export function upstreamOf(name: string, ...addresses: readonly string[]): Upstream {
  const peers: Peers = { kind: 'addresses', addresses: addresses.map(peerOf) };
  return { name, peers, from: [fromIngress('shop/web')] };
}

export function peerOf(text: string): Peer {
  const [, address = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return { address, port: Number(port) };
}
