import type { Provenance } from '../../src/diagnostics/provenance.ts';
import type { Location, Peer, Peers, Routing, Server, Target, Upstream } from '../../src/routing/model.ts';
import type { Applied, Policies, PolicyTypes } from '../../src/routing/policies.ts';
import { objectNamed } from './object-name.ts';

const CIPHERS = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256';

/** A part of a manifest that does not exist: `shop/web` gives the Ingress of that name. */
export function fromIngress(name: string): Provenance {
  return {
    resource: objectNamed(`Ingress ${name}`),
    field: { document: `${name}.yaml#0`, path: ['spec', 'rules', 0] },
  };
}

/** A policy, and an annotation that asks for it. */
export function asked<P>(asks: P): Applied<P> {
  return { asks, from: [{ by: 'annotation', name: 'example', at: fromIngress('shop/web') }] };
}

/** A Routing with the default server only, plus what is given. */
const LOG = {
  target: { kind: 'usual' },
  format: undefined,
  params: [
    { name: 'buffer', value: '64k' },
    { name: 'flush', value: '100ms' },
  ],
} as const;

export function routingOf(parts: Partial<Routing> & { readonly hosts?: readonly Server[] }): Routing {
  const { hosts = [], ...rest } = parts;
  return {
    listeners: { addresses: ['0.0.0.0', '::'], httpPort: 8080, httpsPort: 8443 },
    defaultCertificate: { kind: 'placeholder' },
    resolvers: [],
    main: {
      accessLogs: asked(LOG),
      errorLogs: asked({ target: { kind: 'usual' }, level: 'notice', debugged: [] }),
      processes: asked({ workers: undefined, affinity: [], connections: 2048, openFiles: 4096, acceptsMany: false }),
      workers: asked({ shutdownTimeout: '240s' }),
      streams: asked({ idle: '600s', triesOthers: true, triesFor: '600s', tries: 3, responses: 1 }),
    },
    http: {
      accessLogs: asked({ ...LOG, escape: 'default', skipped: [] }),
      backendConnections: asked({ kept: 8, lifetime: '1h', idleSeconds: 60, requests: 1000 }),
      clientConnections: asked({
        idleSeconds: 75,
        requests: 1000,
        headerBuffer: '1k',
        largeBuffers: ['4', '8k'],
        headerSeconds: 60,
        bodySeconds: 60,
      }),
      requestHeaders: asked({ headers: [], generatesId: true, hasOriginalUri: false }),
      hsts: asked({ value: 'max-age=31536000; includeSubDomains' }),
      tls: asked({ protocols: ['TLSv1.2', 'TLSv1.3'], ciphers: CIPHERS }),
    },
    servers: [defaultServer(), ...hosts],
    upstreams: [],
    splits: [],
    files: [],
    streams: [],
    passthroughs: [],
    ...rest,
  };
}

function defaultServer(): Server {
  return {
    host: '_',
    certificate: undefined,
    policies: {},
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
  return { host, certificate: undefined, policies: {}, locations, from };
}

type LocationAsks = { readonly [N in keyof PolicyTypes['location']]?: PolicyTypes['location'][N] };

/** `= /path`, `~* ^/path` or `/path`, as nginx writes it; and what an annotation asks for there. */
export function locationOf(head: string, target: Target, asks: LocationAsks = {}, ingress = 'shop/web'): Location {
  const [, modifier = '', path = ''] = /^(= |~\* |)(.*)$/s.exec(head) ?? [];
  const match = modifier === '= ' ? 'exact' : modifier === '~* ' ? 'regex' : 'prefix';
  return { match, path, policies: askedAll(asks), target, from: [fromIngress(ingress)] };
}

function askedAll({ tlsRedirect, basicAuth, rewrite }: LocationAsks): Policies<'location'> {
  return {
    ...(tlsRedirect && { tlsRedirect: asked(tlsRedirect) }),
    ...(basicAuth && { basicAuth: asked(basicAuth) }),
    ...(rewrite && { rewrite: asked(rewrite) }),
  };
}

export function to(upstream: string): Target {
  return { kind: 'proxy', to: { kind: 'upstream', name: upstream } };
}

export function status(code: 200 | 404 | 503, reason: string): Target {
  return { kind: 'status', code, reason };
}

/** Addresses as nginx writes them: `10.0.0.1:80`, `[fd00::1]:80`. */
export function upstreamOf(name: string, ...addresses: readonly string[]): Upstream {
  const peers: Peers = { kind: 'addresses', addresses: addresses.map(peerOf) };
  return { name, peers, policies: {}, from: [fromIngress('shop/web')] };
}

export function peerOf(text: string): Peer {
  const [, address = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return { address, port: Number(port) };
}
