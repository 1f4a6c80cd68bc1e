import { accessBy } from './access.ts';
import type { Explainers } from './explainer.ts';
import { explainAppRoot } from './policies/app-root.ts';
import { explainBackendHost } from './policies/backend-host.ts';
import { explainBlocked } from './policies/blocked.ts';
import { explainBodySize } from './policies/body-size.ts';
import { explainClientCertificate } from './policies/client-certificate.ts';
import { explainConnectionHeader } from './policies/connection-header.ts';
import { explainCors } from './policies/cors.ts';
import { explainCustomErrors } from './policies/custom-errors.ts';
import { explainLimits } from './policies/limits.ts';
import { explainLimitRate } from './policies/limit-rate.ts';
import { explainMirror } from './policies/mirror.ts';
import { explainModsecurity, explainModsecurityOfAll } from './policies/modsecurity.ts';
import { explainClientConnections, explainForwardedClosed } from './policies/received.ts';
import { explainBackendCookies } from './policies/backend-cookies.ts';
import { explainBackendRedirects } from './policies/backend-redirects.ts';
import { explainCustomHeaders } from './policies/custom-headers.ts';
import { explainHsts, explainResponseHeaders } from './policies/responses.ts';
import { explainRewrite } from './policies/rewrite.ts';
import { explainConfigurationSnippet } from './policies/configuration-snippet.ts';
import { explainHttpSnippet } from './policies/http-snippet.ts';
import { explainServerSnippet } from './policies/server-snippet.ts';
import { explainTlsRedirect } from './policies/tls-redirect.ts';

const LOGS = { silent: 'what is logged' } as const;
const OF_BACKEND = { silent: 'told with the backend' } as const;
const SPEED = { silent: 'how fast, not what' } as const;
const OF_TLS = { silent: 'how TLS connections are made, not what is answered' } as const;
const COMPRESSION = { silent: 'how responses are compressed' } as const;
const TRACES = { silent: 'what is traced' } as const;
const AT_REDIRECT = { silent: 'told with the redirect' } as const;

/** How each policy that there is acts on a request. Within a phase they act in this order, that of the renderers. */
export const EXPLAINERS: Explainers = {
  http: {
    accessLogs: LOGS,
    externalAuth: LOGS,
    clientConnections: explainClientConnections,
    forwarded: explainForwardedClosed,
    hashTables: { silent: 'how nginx keeps its configuration' },
    statusPage: { silent: 'told with the location' },
    serverSnippet: [explainServerSnippet, accessBy('allSnippet')],
    httpSnippet: explainHttpSnippet,
    blocked: explainBlocked,
    defaultType: { silent: 'the type of texts of nginx itself' },
    gzip: COMPRESSION,
    brotli: COMPRESSION,
    opentelemetry: TRACES,
    modsecurity: explainModsecurityOfAll,
    geoip2: { silent: 'where clients are, which nothing here decides by' },
    hsts: explainHsts,
    headerNames: { silent: 'told for all requests, with or without it' },
    requestHeaders: OF_BACKEND,
    responseHeaders: explainResponseHeaders,
    tls: OF_TLS,
    http2: OF_TLS,
    ocsp: OF_TLS,
    tlsConnections: OF_TLS,
    bodySize: explainBodySize,
    bodyBuffer: SPEED,
    httpVersion: OF_BACKEND,
    timeouts: OF_BACKEND,
    buffering: SPEED,
    sourceRange: accessBy('all'),
    limits: { silent: 'told with the limits of locations' },
    limitRate: explainLimitRate,
    redirects: AT_REDIRECT,
    grpcBuffer: SPEED,
    fileWriting: SPEED,
    nextUpstream: OF_BACKEND,
    backendRedirects: explainBackendRedirects,
    backendCookies: explainBackendCookies,
    backendConnections: SPEED,
  },
  server: {
    clientCertificate: explainClientCertificate,
    ciphers: OF_TLS,
    cipherOrder: OF_TLS,
    appRoot: explainAppRoot,
    serverSnippet: [explainServerSnippet, accessBy('server')],
  },
  location: {
    tlsRedirect: explainTlsRedirect,
    affinity: OF_BACKEND,
    rewrite: explainRewrite,
    limits: explainLimits,
    satisfy: accessBy('satisfy'),
    sourceRange: accessBy('sourceRange'),
    basicAuth: accessBy('basicAuth'),
    externalAuth: accessBy('externalAuth'),
    globalAuth: accessBy('globalAuth'),
    bodySize: explainBodySize,
    bodyBuffer: SPEED,
    timeouts: OF_BACKEND,
    buffering: SPEED,
    limitRate: explainLimitRate,
    locationNames: { silent: 'names for logs and headers' },
    customHeaders: explainCustomHeaders,
    backendRedirects: explainBackendRedirects,
    backendCookies: explainBackendCookies,
    connectionHeader: explainConnectionHeader,
    backendHost: explainBackendHost,
    backendProtocol: OF_BACKEND,
    opentelemetry: TRACES,
    modsecurity: explainModsecurity,
    mirror: explainMirror,
    requestLogs: LOGS,
    httpVersion: OF_BACKEND,
    nextUpstream: OF_BACKEND,
    cors: explainCors,
    customErrors: explainCustomErrors,
    redirects: AT_REDIRECT,
    configurationSnippet: [...explainConfigurationSnippet, accessBy('snippet')],
  },
  upstream: { backendTls: OF_BACKEND, affinity: OF_BACKEND, balancing: OF_BACKEND, serviceUpstream: OF_BACKEND },
};
