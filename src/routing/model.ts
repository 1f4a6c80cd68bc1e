import type { Policies } from './policies.ts';
import type { Provenance } from '../diagnostics/provenance.ts';

/** Everything that nginx will do, as plain data: immutable, JSON-serialisable and complete. */
export interface Routing {
  readonly listeners: Listeners;
  readonly settings: HttpSettings;
  /** The default server `_` first, then patterns, then the others, by host in ASCII order. */
  readonly servers: readonly Server[];
  /** By name in ASCII order; each is used by a location. */
  readonly upstreams: readonly Upstream[];
  /** By id in ASCII order; each is used by a server. Their keys are secret. */
  readonly certificates: readonly Certificate[];
  /** TCP and UDP ports, by protocol and port. */
  readonly streams: readonly Stream[];
}

export interface Listeners {
  /** What nginx listens on, streams too: IP addresses without brackets, never empty; `0.0.0.0` and `::` for all. */
  readonly addresses: readonly string[];
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** What holds for all servers. */
export interface HttpSettings {
  /** Undefined when HSTS is off. The complete header value. */
  readonly hsts: string | undefined;
  /** Tokens such as `TLSv1.2`. */
  readonly tlsProtocols: readonly string[];
  /** An OpenSSL cipher list. */
  readonly tlsCiphers: string;
  /** What the default server and hosts without a certificate of their own show: the id of a certificate, our placeholder, or nothing (the handshake is rejected). */
  readonly defaultCertificate:
    | { readonly kind: 'certificate'; readonly id: string }
    | { readonly kind: 'placeholder' }
    | { readonly kind: 'reject' };
  /** Addresses of DNS servers (`IP` or `IP:port`, IPv6 in brackets) for upstreams that are resolved at request time. */
  readonly resolvers: readonly string[];
  /** How long old workers go on after a reload, as nginx writes it: `240s`, `1h30m`. */
  readonly workerShutdownTimeout: string;
}

export interface Server {
  /** `_` for the default server, else a DNS name in lower case; `*.a.b` stands for exactly one more label. */
  readonly host: string;
  /** The id of its own certificate; undefined: it shows the default one. */
  readonly certificate: string | undefined;
  /** In the order in which nginx tries regex locations. */
  readonly locations: readonly Location[];
  /** The first path that makes nginx read all paths of the host as regular expressions; missing if none does. */
  readonly regexFrom?: Provenance;
  /** The Ingresses that have a rule for this host, the oldest first. Empty for a default server that no Ingress touches. */
  readonly from: readonly Provenance[];
}

export interface Location {
  /** `exact` and `prefix` compare bytes with the decoded path; `regex` is a PCRE, case-insensitive, unanchored at its end. */
  readonly match: 'exact' | 'prefix' | 'regex';
  /** `/foo/` for a prefix, `/foo` for an exact path, `^/foo` for a regex. Text from a manifest. */
  readonly path: string;
  readonly policies: Policies;
  readonly target: Target;
  /**
   * The path as its rule has it: one object for all locations of a path. Missing where no rule made the location, or
   * where its path could not be read.
   */
  readonly written?: WrittenPath;
  /** The path of a rule that made it; empty only for locations that no Ingress made. */
  readonly from: readonly Provenance[];
}

/** A path of a rule, before anything is made of it. */
export interface WrittenPath {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  /** The API server has it, so that no admission webhook refuses it any more. */
  readonly isStored?: true;
  /** Its Ingress asks for access control. */
  readonly isGuarded?: true;
}

/** Where a request ends. `reason` is for comments and `explain`. */
export type Target =
  | { readonly kind: 'upstream'; readonly upstream: string }
  | { readonly kind: 'status'; readonly code: 200 | 404 | 503; readonly reason: string };

export interface Upstream {
  /** Unique whatever the case; letters, digits, `-`, `_` and `.` only. */
  readonly name: string;
  readonly peers: Peers;
  readonly from: readonly Provenance[];
}

export type Peers =
  /** In a stable order, without doubles, never empty. */
  | { readonly kind: 'addresses'; readonly addresses: readonly Peer[] }
  /** A DNS name that is looked up while requests are served. */
  | { readonly kind: 'name-at-request'; readonly host: string; readonly port: number };

export interface Peer {
  /** IPv4 or IPv6, without brackets. */
  readonly address: string;
  readonly port: number;
}

export interface Certificate {
  /** A checked file name without folder and ending, such as `shop_web-tls`. */
  readonly id: string;
  /** PEM: the chain, leaf first. */
  readonly chain: string;
  /** PEM, secret. */
  readonly key: string;
  readonly from: Provenance;
}

export interface Stream {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  /** The same object as in other streams that lead to the same port of a Service. */
  readonly peers: Peers;
  readonly acceptsProxyProtocol: boolean;
  readonly sendsProxyProtocol: boolean;
  readonly from: Provenance;
}
