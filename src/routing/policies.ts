import type { Provenance } from '../diagnostics/provenance.ts';
import type { AccessLogs, StreamLogs } from './policies/access-logs.ts';
import type { ErrorLogs } from './policies/error-logs.ts';
import type { Affinity, AffinityCookie } from './policies/affinity.ts';
import type { AppRoot } from './policies/app-root.ts';
import type { BackendTls } from './policies/backend-tls.ts';
import type { Balancing } from './policies/balancing.ts';
import type { BasicAuth } from './policies/basic-auth.ts';
import type { Blocked } from './policies/blocked.ts';
import type { BodyBuffer } from './policies/body-buffer.ts';
import type { BodySize } from './policies/body-size.ts';
import type { Buffering } from './policies/buffering.ts';
import type { CipherOrder } from './policies/cipher-order.ts';
import type { ClientCertificate } from './policies/client-certificate.ts';
import type { Ciphers } from './policies/ciphers.ts';
import type { Cors } from './policies/cors.ts';
import type { CustomErrors } from './policies/custom-errors.ts';
import type { Gzip } from './policies/gzip.ts';
import type { Forwarded } from './policies/forwarded.ts';
import type { Streams } from './policies/streams.ts';
import type { AuthRequests, ExternalAuth } from './policies/external-auth.ts';
import type { Hsts } from './policies/hsts.ts';
import type { LimitRate } from './policies/limit-rate.ts';
import type { Limits, LimitStatuses } from './policies/limits.ts';
import type { Redirects } from './policies/redirects.ts';
import type { Rewrite } from './policies/rewrite.ts';
import type { Satisfy } from './policies/satisfy.ts';
import type { SourceRange } from './policies/source-range.ts';
import type { Timeouts } from './policies/timeouts.ts';
import type { TlsRedirect } from './policies/tls-redirect.ts';
import type { Http2 } from './policies/http2.ts';
import type { Ocsp } from './policies/ocsp.ts';
import type { TlsConnections } from './policies/tls-connections.ts';
import type { Tls } from './policies/tls.ts';
import type { Workers } from './policies/workers.ts';
import type { NextUpstream } from './policies/next-upstream.ts';
import type { HeaderNames } from './policies/header-names.ts';
import type { LocationNames } from './policies/location-names.ts';
import type { RequestHeaders } from './policies/request-headers.ts';
import type { ResponseHeaders } from './policies/response-headers.ts';
import type { HttpVersion } from './policies/http-version.ts';
import type { RequestLogs } from './policies/request-logs.ts';
import type { FastcgiParams } from './policies/backend-protocol.ts';
import type { Brotli } from './policies/brotli.ts';
import type { Geoip2 } from './policies/geoip2.ts';
import type { Mirror } from './policies/mirror.ts';
import type { Modsecurity, ModsecurityOfAll } from './policies/modsecurity.ts';
import type { Opentelemetry } from './policies/opentelemetry.ts';
import type { BackendHost } from './policies/backend-host.ts';
import type { ConnectionHeader } from './policies/connection-header.ts';
import type { BackendConnections } from './policies/backend-connections.ts';
import type { BackendCookies } from './policies/backend-cookies.ts';
import type { BackendRedirects } from './policies/backend-redirects.ts';
import type { CustomHeaders } from './policies/custom-headers.ts';
import type { ServiceUpstream } from './policies/service-upstream.ts';
import type { ClientConnections } from './policies/client-connections.ts';
import type { DefaultType } from './policies/default-type.ts';
import type { GrpcBuffer } from './policies/grpc-buffer.ts';
import type { FileWriting } from './policies/file-writing.ts';
import type { HashTables } from './policies/hash-tables.ts';
import type { StatusPage } from './policies/status-page.ts';
import type { Processes } from './policies/processes.ts';
import type { ConfigurationSnippet } from './policies/configuration-snippet.ts';
import type { ServerSnippet } from './policies/server-snippet.ts';
import type { HttpSnippet } from './policies/http-snippet.ts';
import type { MainSnippet } from './policies/main-snippet.ts';

/** What may be asked of nginx, by the part of the routing that it holds for. A policy of several parts has one name. */
export interface PolicyTypes {
  /** Of nginx itself. */
  readonly main: {
    /** Of TCP and UDP ports. */
    readonly accessLogs: StreamLogs;
    readonly errorLogs: ErrorLogs;
    readonly processes: Processes;
    readonly workers: Workers;
    readonly mainSnippet: MainSnippet;
    readonly streams: Streams;
  };
  /** Of all hosts, where no location says otherwise. */
  readonly http: {
    readonly accessLogs: AccessLogs;
    readonly externalAuth: AuthRequests;
    readonly statusPage: StatusPage;
    readonly hashTables: HashTables;
    readonly fileWriting: FileWriting;
    readonly forwarded: Forwarded;
    readonly grpcBuffer: GrpcBuffer;
    readonly defaultType: DefaultType;
    readonly clientConnections: ClientConnections;
    readonly serverSnippet: ServerSnippet;
    readonly httpSnippet: HttpSnippet;
    readonly blocked: Blocked;
    readonly gzip: Gzip;
    readonly brotli: Brotli;
    readonly opentelemetry: Opentelemetry;
    readonly modsecurity: ModsecurityOfAll;
    readonly geoip2: Geoip2;
    readonly hsts: Hsts;
    readonly headerNames: HeaderNames;
    readonly requestHeaders: RequestHeaders;
    readonly responseHeaders: ResponseHeaders;
    readonly tls: Tls;
    readonly tlsConnections: TlsConnections;
    readonly http2: Http2;
    readonly ocsp: Ocsp;
    readonly bodySize: BodySize;
    readonly bodyBuffer: BodyBuffer;
    readonly timeouts: Timeouts;
    readonly buffering: Buffering;
    readonly sourceRange: SourceRange;
    readonly limits: LimitStatuses;
    readonly limitRate: LimitRate;
    readonly redirects: Redirects;
    readonly backendRedirects: BackendRedirects;
    readonly backendCookies: BackendCookies;
    readonly httpVersion: HttpVersion;
    readonly nextUpstream: NextUpstream;
    readonly backendConnections: BackendConnections;
  };
  /** Of all requests for a host. */
  readonly server: {
    readonly clientCertificate: ClientCertificate;
    readonly appRoot: AppRoot;
    readonly ciphers: Ciphers;
    readonly cipherOrder: CipherOrder;
    readonly serverSnippet: ServerSnippet;
  };
  readonly location: {
    readonly tlsRedirect: TlsRedirect;
    readonly basicAuth: BasicAuth;
    readonly externalAuth: ExternalAuth;
    /** The same, by the options. */
    readonly globalAuth: ExternalAuth;
    readonly sourceRange: SourceRange;
    readonly satisfy: Satisfy;
    readonly limits: Limits;
    readonly rewrite: Rewrite;
    readonly affinity: AffinityCookie;
    /** Where they differ from those of all hosts, like all of the others that `http` has. */
    readonly bodySize: BodySize;
    readonly bodyBuffer: BodyBuffer;
    readonly timeouts: Partial<Timeouts>;
    readonly buffering: Partial<Buffering>;
    readonly limitRate: Partial<LimitRate>;
    readonly locationNames: LocationNames;
    readonly customHeaders: CustomHeaders;
    readonly backendRedirects: BackendRedirects;
    readonly backendCookies: Partial<BackendCookies>;
    readonly connectionHeader: ConnectionHeader;
    readonly backendHost: BackendHost;
    /** Where backends speak FastCGI. */
    readonly backendProtocol: FastcgiParams;
    readonly opentelemetry: Opentelemetry;
    readonly modsecurity: Modsecurity;
    readonly mirror: Mirror;
    readonly requestLogs: RequestLogs;
    readonly httpVersion: HttpVersion;
    readonly nextUpstream: Partial<NextUpstream>;
    readonly cors: Cors;
    readonly customErrors: CustomErrors;
    readonly redirects: Redirects;
    readonly configurationSnippet: ConfigurationSnippet;
  };
  /** Of all requests that are sent to an upstream. */
  readonly upstream: {
    /** Of the locations that lead there: those that ask for something else have an upstream of their own. */
    readonly backendTls: BackendTls;
    readonly affinity: Affinity;
    readonly balancing: Balancing;
    readonly serviceUpstream: ServiceUpstream;
  };
}

/** Policies of upstreams that nobody settles: each location leads to one for what its own Ingress asks. */
export type RoutePolicy = 'backendTls';

export type Scope = keyof PolicyTypes;

/** Who asked for a policy: an annotation or an option that somebody wrote, or the default of one. */
export type Asker =
  | {
      readonly by: 'annotation' | 'option';
      /** Without prefix. */
      readonly name: string;
      readonly at: Provenance;
    }
  | { readonly by: 'default'; readonly name: string };

export type Askers = readonly [Asker, ...Asker[]];

/** What is asked for, and who did. Equal `asks` share what is declared for them. */
export interface Applied<P> {
  readonly asks: P;
  readonly from: Askers;
}

/** The policies of one part of the routing. */
export type Policies<S extends Scope> = { readonly [N in keyof PolicyTypes[S]]?: Applied<PolicyTypes[S][N]> };
