import { renderAccessLogs, renderStreamLogs } from './policies/access-logs.ts';
import { renderErrorLogs } from './policies/error-logs.ts';
import { renderAffinity, renderAffinityCookie } from './policies/affinity.ts';
import { renderBackendProtocol } from './policies/backend-protocol.ts';
import { renderBrotli } from './policies/brotli.ts';
import { renderGeoip2 } from './policies/geoip2.ts';
import { renderMirror } from './policies/mirror.ts';
import { renderModsecurity, renderModsecurityOfAll } from './policies/modsecurity.ts';
import { renderOpentelemetry, renderOpentelemetryOfAll } from './policies/opentelemetry.ts';
import { renderAppRoot } from './policies/app-root.ts';
import { renderBackendTls } from './policies/backend-tls.ts';
import { renderBalancing } from './policies/balancing.ts';
import { renderAuthRequests, renderExternalAuth } from './policies/external-auth.ts';
import { renderBasicAuth } from './policies/basic-auth.ts';
import { renderBlocked } from './policies/blocked.ts';
import { renderBodyBuffer, renderBodyBufferOfAll } from './policies/body-buffer.ts';
import { renderBodySize, renderBodySizeOfAll } from './policies/body-size.ts';
import { renderBuffering, renderBufferingOfAll } from './policies/buffering.ts';
import { renderCipherOrder } from './policies/cipher-order.ts';
import { renderClientCertificate } from './policies/client-certificate.ts';
import { renderCiphers } from './policies/ciphers.ts';
import { renderCors } from './policies/cors.ts';
import { renderCustomErrors } from './policies/custom-errors.ts';
import { renderGzip } from './policies/gzip.ts';
import { renderForwarded } from './policies/forwarded.ts';
import { renderStreams } from './policies/streams.ts';
import { renderHeaderNames } from './policies/header-names.ts';
import { renderHsts } from './policies/hsts.ts';
import { renderLimitRate, renderLimitRateOfAll } from './policies/limit-rate.ts';
import { renderLimits, renderLimitStatuses } from './policies/limits.ts';
import { renderLocationNames } from './policies/location-names.ts';
import { renderRedirects, renderRedirectsOfAll } from './policies/redirects.ts';
import { renderRequestHeaders } from './policies/request-headers.ts';
import { renderResponseHeaders } from './policies/response-headers.ts';
import { renderRewrite } from './policies/rewrite.ts';
import { renderSatisfy } from './policies/satisfy.ts';
import { renderSourceRange, renderSourceRangeOfAll } from './policies/source-range.ts';
import { renderTimeouts, renderTimeoutsOfAll } from './policies/timeouts.ts';
import { renderHttp2 } from './policies/http2.ts';
import { renderOcsp } from './policies/ocsp.ts';
import { renderTlsConnections } from './policies/tls-connections.ts';
import { renderTls } from './policies/tls.ts';
import { renderTlsRedirect } from './policies/tls-redirect.ts';
import { renderWorkers } from './policies/workers.ts';

import type { Renderers } from './parts.ts';
import { renderNextUpstream, renderNextUpstreamOfAll } from './policies/next-upstream.ts';
import { renderHttpVersion, renderHttpVersionOfAll } from './policies/http-version.ts';
import { renderRequestLogs } from './policies/request-logs.ts';
import { renderBackendHost } from './policies/backend-host.ts';
import { renderConnectionHeader } from './policies/connection-header.ts';
import { renderBackendConnections } from './policies/backend-connections.ts';
import { renderBackendCookies, renderBackendCookiesOfAll } from './policies/backend-cookies.ts';
import { renderBackendRedirects, renderBackendRedirectsOfAll } from './policies/backend-redirects.ts';
import { renderCustomHeaders } from './policies/custom-headers.ts';
import { renderClientConnections } from './policies/client-connections.ts';
import { renderDefaultType } from './policies/default-type.ts';
import { renderGrpcBuffer } from './policies/grpc-buffer.ts';
import { renderFileWriting } from './policies/file-writing.ts';
import { renderHashTables } from './policies/hash-tables.ts';
import { renderStatusPage } from './policies/status-page.ts';
import { renderProcesses } from './policies/processes.ts';
import { renderConfigurationSnippet } from './policies/configuration-snippet.ts';
import { renderHttpSnippet } from './policies/http-snippet.ts';
import { renderMainSnippet } from './policies/main-snippet.ts';
import { renderServerSnippet, renderServerSnippetOfAll } from './policies/server-snippet.ts';

/** How each policy that there is becomes text. Within a phase of a location they stand in this order. */
export const RENDERERS: Renderers = {
  main: {
    accessLogs: renderStreamLogs,
    errorLogs: renderErrorLogs,
    processes: renderProcesses,
    workers: renderWorkers,
    streams: renderStreams,
    mainSnippet: renderMainSnippet,
  },
  http: {
    accessLogs: renderAccessLogs,
    externalAuth: renderAuthRequests,
    clientConnections: renderClientConnections,
    forwarded: renderForwarded,
    hashTables: renderHashTables,
    statusPage: renderStatusPage,
    serverSnippet: renderServerSnippetOfAll,
    httpSnippet: renderHttpSnippet,
    blocked: renderBlocked,
    defaultType: renderDefaultType,
    gzip: renderGzip,
    brotli: renderBrotli,
    opentelemetry: renderOpentelemetryOfAll,
    modsecurity: renderModsecurityOfAll,
    geoip2: renderGeoip2,
    hsts: renderHsts,
    headerNames: renderHeaderNames,
    requestHeaders: renderRequestHeaders,
    responseHeaders: renderResponseHeaders,
    tls: renderTls,
    http2: renderHttp2,
    ocsp: renderOcsp,
    tlsConnections: renderTlsConnections,
    bodySize: renderBodySizeOfAll,
    bodyBuffer: renderBodyBufferOfAll,
    httpVersion: renderHttpVersionOfAll,
    timeouts: renderTimeoutsOfAll,
    buffering: renderBufferingOfAll,
    sourceRange: renderSourceRangeOfAll,
    limits: renderLimitStatuses,
    limitRate: renderLimitRateOfAll,
    redirects: renderRedirectsOfAll,
    grpcBuffer: renderGrpcBuffer,
    fileWriting: renderFileWriting,
    nextUpstream: renderNextUpstreamOfAll,
    backendRedirects: renderBackendRedirectsOfAll,
    backendCookies: renderBackendCookiesOfAll,
    backendConnections: renderBackendConnections,
  },
  server: {
    clientCertificate: renderClientCertificate,
    ciphers: renderCiphers,
    cipherOrder: renderCipherOrder,
    appRoot: renderAppRoot,
    serverSnippet: renderServerSnippet,
  },
  location: {
    tlsRedirect: renderTlsRedirect,
    affinity: renderAffinityCookie,
    rewrite: renderRewrite,
    limits: renderLimits,
    satisfy: renderSatisfy,
    sourceRange: renderSourceRange,
    basicAuth: renderBasicAuth,
    externalAuth: renderExternalAuth,
    globalAuth: renderExternalAuth,
    bodySize: renderBodySize,
    bodyBuffer: renderBodyBuffer,
    timeouts: renderTimeouts,
    buffering: renderBuffering,
    limitRate: renderLimitRate,
    locationNames: renderLocationNames,
    customHeaders: renderCustomHeaders,
    backendRedirects: renderBackendRedirects,
    backendCookies: renderBackendCookies,
    connectionHeader: renderConnectionHeader,
    backendHost: renderBackendHost,
    backendProtocol: renderBackendProtocol,
    opentelemetry: renderOpentelemetry,
    modsecurity: renderModsecurity,
    mirror: renderMirror,
    requestLogs: renderRequestLogs,
    httpVersion: renderHttpVersion,
    nextUpstream: renderNextUpstream,
    cors: renderCors,
    customErrors: renderCustomErrors,
    redirects: renderRedirects,
    configurationSnippet: renderConfigurationSnippet,
  },
  // Where a Service is found is in its peers already.
  upstream: { backendTls: renderBackendTls, affinity: renderAffinity, balancing: renderBalancing, serviceUpstream: {} },
};
