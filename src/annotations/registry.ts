import type { Specs } from '../options/option.ts';
import { affinity } from './affinity.ts';
import { appRoot } from './app-root.ts';
import { backendTls } from './backend-tls.ts';
import { backendProtocol } from './backend-protocol.ts';
import { balancing } from './balancing.ts';
import { basicAuth } from './basic-auth.ts';
import { externalAuth } from './external-auth.ts';
import { globalAuth } from './global-auth.ts';
import { bodyBuffer } from './body-buffer.ts';
import { bodySize } from './body-size.ts';
import { buffering } from './buffering.ts';
import { canary } from './canary.ts';
import { cipherOrder } from './cipher-order.ts';
import { ciphers } from './ciphers.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { customErrors } from './custom-errors.ts';
import { limitRate } from './limit-rate.ts';
import { limits } from './limits.ts';
import { redirects } from './redirects.ts';
import { rewrite } from './rewrite.ts';
import { satisfy } from './satisfy.ts';
import { sourceRange } from './source-range.ts';
import { serverAlias } from './server-alias.ts';
import { timeouts } from './timeouts.ts';
import { tlsRedirect } from './tls-redirect.ts';
import { nextUpstream } from './next-upstream.ts';
import { httpVersion } from './http-version.ts';
import { requestLogs } from './request-logs.ts';
import { backendHost } from './backend-host.ts';
import { connectionHeader } from './connection-header.ts';
import { backendCookies } from './backend-cookies.ts';
import { backendRedirects } from './backend-redirects.ts';
import { customHeaders } from './custom-headers.ts';
import { configurationSnippet } from './configuration-snippet.ts';
import { serverSnippet } from './server-snippet.ts';
import { mirror } from './mirror.ts';
import { modsecurity } from './modsecurity.ts';
import { opentelemetry } from './opentelemetry.ts';
import { streamSnippet } from './stream-snippet.ts';
import { serviceUpstream } from './service-upstream.ts';
import { sslPassthrough } from './ssl-passthrough.ts';

/** The families that have annotations, by the name of their policies; in this order they are asked. */
export const annotationFamilies = {
  tlsRedirect,
  clientCertificate,
  sourceRange,
  basicAuth,
  satisfy,
  limits,
  rewrite,
  affinity,
  balancing,
  backendProtocol,
  backendTls,
  canary,
  bodySize,
  bodyBuffer,
  timeouts,
  buffering,
  limitRate,
  customHeaders,
  backendRedirects,
  backendCookies,
  connectionHeader,
  backendHost,
  requestLogs,
  httpVersion,
  nextUpstream,
  cors,
  customErrors,
  redirects,
  appRoot,
  ciphers,
  cipherOrder,
  serverAlias,
  serviceUpstream,
  opentelemetry,
  modsecurity,
  mirror,
  sslPassthrough,
  configurationSnippet,
  serverSnippet,
  // Behind those whose annotations they read, too.
  externalAuth,
  globalAuth,
  streamSnippet,
};

/** The specs of all annotations that are built, by name. */
export function builtAnnotations(): Specs {
  return Object.assign({}, ...Object.values(annotationFamilies).map(family => family.annotations));
}
