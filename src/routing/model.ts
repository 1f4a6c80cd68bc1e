import type { Provenance } from '../diagnostics/provenance.ts';
import type { NginxModule } from '../options/nginx-modules.ts';
import type { Askers, Policies } from './policies.ts';
import type { SecretFile } from './secret-files.ts';
import type { Statement } from './snippets.ts';

/** Everything that nginx will do, as plain data: immutable, JSON-serialisable and complete. Without `files` it holds no secret. */
export interface Routing {
  readonly listeners: Listeners;
  /** What the default server and hosts without a certificate of their own show: the id of a certificate, our placeholder, or nothing (the handshake is rejected). */
  readonly defaultCertificate:
    | { readonly kind: 'certificate'; readonly id: string }
    | { readonly kind: 'placeholder' }
    | { readonly kind: 'reject' };
  /** Addresses of DNS servers (`IP` or `IP:port`, IPv6 in brackets) for upstreams that are resolved at request time. */
  readonly resolvers: readonly string[];
  /** What nginx has besides the modules of a stock one; missing: nothing. */
  readonly modules?: readonly NginxModule[];
  /** They are asked for IPv4 addresses alone. */
  readonly resolvesIpv4Only?: true;
  readonly main: Policies<'main'>;
  /** What holds for all servers, where no location says otherwise. */
  readonly http: Policies<'http'>;
  /** The default server `_` first, then patterns, then the others, by host in ASCII order. */
  readonly servers: readonly Server[];
  /** By name in ASCII order; each is used by a location or a split. */
  readonly upstreams: readonly Upstream[];
  /** By name in ASCII order; each is used by a location. */
  readonly splits: readonly Split[];
  /** By id in ASCII order, of one kind after the other. */
  readonly files: readonly SecretFile[];
  /** TCP and UDP ports, by protocol and port. */
  readonly streams: readonly Stream[];
  /** What somebody wrote for nginx in stream{}, in its order. */
  readonly streamSnippets?: readonly StreamSnippet[];
  /** By host in ASCII order. */
  readonly passthroughs: readonly Passthrough[];
}

export interface Listeners {
  /** What nginx listens on, streams too: IP addresses without brackets, never empty; `0.0.0.0` and `::` for all. */
  readonly addresses: readonly string[];
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Connections to these two ports begin with a PROXY protocol header. */
  readonly takesProxyProtocol?: true;
  /** Each worker has sockets of its own for them. */
  readonly reusesPort?: true;
  /** Missing where all TLS connections end in nginx. */
  readonly passing?: PassingPorts;
}

/** Ports of 127.0.0.1 behind that of HTTPS, where TLS connections are told apart by the host that they ask for. */
export interface PassingPorts {
  /** Of those that end in nginx. */
  readonly https: number;
  /** Of those that go to backends as they are. */
  readonly passed: number;
  /** How long a connection has for its PROXY protocol header, as nginx writes it. */
  readonly headerTimeout: string;
}

/** A host whose TLS connections go to a backend as they are. */
export interface Passthrough {
  /** A whole name, in lower case. */
  readonly host: string;
  /** The Service as `namespace/service:port`, and where it is; missing where nobody is there, and connections are closed. */
  readonly to?: { readonly service: string; readonly peers: Peers };
  /** Who asks for it. */
  readonly from: readonly Provenance[];
}

export interface Server {
  /** `_` for the default server, else a DNS name in lower case; `*.a.b` stands for exactly one more label. */
  readonly host: string;
  /** Further names as nginx has them: `a.b`, `*.b` and `a.*` for any number of labels, `~` and a regex. Missing: none. */
  readonly aliases?: readonly string[];
  /** The id of its own certificate; undefined: it shows the default one. */
  readonly certificate: string | undefined;
  readonly policies: Policies<'server'>;
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
  readonly policies: Policies<'location'>;
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
export type Target = { readonly kind: 'proxy'; readonly to: Destination } | RedirectTarget | StatusTarget;

export interface RedirectTarget {
  readonly kind: 'redirect';
  readonly code: RedirectCode;
  readonly to: RedirectGoal;
  /** Missing where nobody has written it. */
  readonly from?: Askers;
}

export interface StatusTarget {
  readonly kind: 'status';
  readonly code: 200 | 403 | 404 | 503;
  readonly reason: string;
  /** The port of a Service that would answer if anybody were there, as `namespace/service:port`; missing where none is meant. */
  readonly service?: string;
  /** So many endpoints of it are not ready, and none is; missing where nothing is known of its endpoints. */
  readonly notReady?: number;
}

/** nginx sends a `Location` with 301, 302, 303, 307 and 308; with the others, the URL is the body, and 304 has none. */
export type RedirectCode = 300 | 301 | 302 | 303 | 304 | 305 | 306 | 307 | 308;

/** `url`: as it is, for all requests; a path is one of the same host. `host`: the same URL of another host. */
export type RedirectGoal =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'host'; readonly host: string };

/** An upstream or a split of the routing, by name. */
export interface Destination {
  readonly kind: 'upstream' | 'split';
  readonly name: string;
}

/** Requests that go to several upstreams of one protocol. The first rule that fits decides; else chance, in these shares. */
export interface Split {
  /** Unique whatever the case, among upstreams, too; letters, digits, `-`, `_` and `.` only. */
  readonly name: string;
  readonly rules: readonly SplitRule[];
  /** In a stable order, never empty; each has at least one part. */
  readonly shares: readonly SplitShare[];
  readonly from: readonly Provenance[];
}

export interface SplitRule {
  readonly when: RequestTest;
  /** The name of an upstream. */
  readonly to: string;
}

export interface SplitShare {
  /** The name of an upstream. */
  readonly to: string;
  /** Its share is this number of the sum of all. */
  readonly parts: number;
}

/** What is looked at in a request. */
export interface RequestTest {
  readonly of: 'header' | 'cookie';
  readonly name: string;
  /** The whole value, byte for byte, or a PCRE that fits somewhere in it. */
  readonly is: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'regex'; readonly regex: string };
}

/** How a backend is spoken to; `client` is HTTP or HTTPS, whichever the client has used. */
export type Protocol = 'http' | 'https' | 'client' | 'grpc' | 'grpcs' | 'fastcgi';

export interface Upstream {
  /** Unique whatever the case; letters, digits, `-`, `_` and `.` only. */
  readonly name: string;
  /**
   * The port of a Service behind it, as the Ingress has it: `namespace/service:port`; missing where a URL names its host.
   */
  readonly service?: string;
  /**
   * What all its peers speak; missing for HTTP. It belongs to the upstream, since nginx would use a connection that it
   * keeps for any protocol.
   */
  readonly protocol?: Exclude<Protocol, 'http'>;
  readonly peers: Peers;
  readonly policies: Policies<'upstream'>;
  readonly from: readonly Provenance[];
}

export type Peers =
  /** In a stable order, without doubles, never empty. */
  | PeerAddresses
  /** A DNS name that is looked up while requests are served. */
  | { readonly kind: 'name-at-request'; readonly host: string; readonly port: number };

export interface PeerAddresses {
  readonly kind: 'addresses';
  readonly addresses: readonly Peer[];
  /** What hands requests on to the endpoints; missing where the addresses are the endpoints, all of them ready. */
  readonly via?: Via;
  /** So many endpoints are not ready, and nginx is not led to them; missing: none, or `via` says that nobody knows. */
  readonly notReady?: number;
}

/** `address`: whatever has an IP address that somebody wrote instead of a Service. */
export type Via = 'cluster-ip' | 'node-port' | 'port-forward' | 'address';

export interface Peer {
  /** IPv4 or IPv6, without brackets. */
  readonly address: string;
  readonly port: number;
}

export interface StreamSnippet {
  readonly statements: readonly Statement[];
  readonly from: readonly Provenance[];
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
