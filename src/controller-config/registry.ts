import type { Family } from '../annotations/family.ts';
import { plannerOf } from '../annotations/plan.ts';
import { annotationFamilies } from '../annotations/registry.ts';
import type { Specs } from '../options/option.ts';
import type { PolicyTypes, Scope } from '../routing/policies.ts';
import { accessLogs } from './access-logs.ts';
import { backendConnections } from './backend-connections.ts';
import { blocked } from './blocked.ts';
import { brotli } from './brotli.ts';
import { geoip2 } from './geoip2.ts';
import { errorLogs } from './error-logs.ts';
import { gzip } from './gzip.ts';
import { forwarded } from './forwarded.ts';
import { streams } from './streams.ts';
import { headerNames } from './header-names.ts';
import { hsts } from './hsts.ts';
import { listening } from './listening.ts';
import { clientConnections } from './client-connections.ts';
import { defaultType } from './default-type.ts';
import { grpcBuffer } from './grpc-buffer.ts';
import { fileWriting } from './file-writing.ts';
import { hashTables } from './hash-tables.ts';
import { statusPage } from './status-page.ts';
import { processes } from './processes.ts';
import { locationNames } from './location-names.ts';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';
import { http2 } from './http2.ts';
import { ocsp } from './ocsp.ts';
import { tlsConnections } from './tls-connections.ts';
import { httpSnippet } from './http-snippet.ts';
import { mainSnippet } from './main-snippet.ts';
import { crossNamespaceOption } from '../annotations/cross-namespace.ts';
import { admissionOptions, snippetPermission } from '../annotations/snippet-options.ts';
import { tls } from './tls.ts';
import { workers } from './workers.ts';

type PolicyName = { readonly [S in Scope]: keyof PolicyTypes[S] }[Scope];

/** All families, by the name of their policies. One that `PolicyTypes` has and this list has not does not compile. */
const byName = {
  ...annotationFamilies,
  accessLogs,
  errorLogs,
  processes,
  statusPage,
  hashTables,
  fileWriting,
  backendConnections,
  httpSnippet,
  mainSnippet,
  blocked,
  forwarded,
  grpcBuffer,
  defaultType,
  clientConnections,
  gzip,
  brotli,
  geoip2,
  hsts,
  headerNames,
  locationNames,
  requestHeaders,
  responseHeaders,
  streams,
  tls,
  tlsConnections,
  http2,
  ocsp,
  workers,
} satisfies Readonly<Record<PolicyName, Family>>;

/** Those whose options come to something else than policies are named after them. */
const families: readonly Family[] = [...Object.values(byName), listening];

/** What all families make of options and Ingresses. */
export const planner = plannerOf(families);

/** The names of the policies that locations and servers can have. */
export const routePolicyNames: readonly string[] = families
  .filter(({ gives }) => gives.location !== undefined || gives.server !== undefined)
  .map(({ name }) => name)
  .toSorted();

/** The options of the controller's ConfigMap that are built. */
export const options: Specs = Object.assign(
  {},
  snippetPermission,
  admissionOptions,
  crossNamespaceOption,
  ...families.map(family => family.options),
);
