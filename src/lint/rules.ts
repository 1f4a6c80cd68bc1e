import * as files from '../input/rules/files.ts';
import * as emptyInput from '../input/rules/empty-input.ts';
import * as syntax from '../manifests/rules/syntax.ts';
import * as separators from '../manifests/rules/separators.ts';
import * as objects from '../manifests/rules/objects.ts';
import * as otherTools from '../manifests/rules/other-tools.ts';
import * as repository from '../manifests/rules/repository.ts';
import * as fields from '../resources/rules/fields.ts';
import * as metadata from '../resources/rules/metadata.ts';
import * as ingress from '../resources/rules/ingress.ts';
import * as addresses from '../resources/rules/addresses.ts';
import * as data from '../resources/rules/data.ts';
import * as size from '../resources/rules/size.ts';
import * as inside from '../resources/rules/inside.ts';
import * as placeholders from '../resources/rules/placeholders.ts';
import * as kubernetesVersion from '../resources/rules/kubernetes-version.ts';
import * as removedVersion from '../resources/rules/removed-version.ts';
import * as doubles from '../cluster/rules/doubles.ts';
import * as annotations from '../annotations/rules/annotations.ts';
import * as contradictions from '../annotations/rules/contradictions.ts';
import * as networks from '../annotations/rules/networks.ts';
import * as urls from '../annotations/rules/urls.ts';
import * as weakChecks from '../annotations/rules/weak-checks.ts';
import * as weakSnippets from '../annotations/rules/weak-snippets.ts';
import * as annotationSizes from '../annotations/rules/sizes.ts';
import * as weakTls from '../annotations/rules/weak-tls.ts';
import * as guards from '../annotations/rules/guards.ts';
import * as clientCertificate from '../annotations/rules/client-certificate.ts';
import * as backendTls from '../annotations/rules/backend-tls.ts';
import * as basicAuth from '../annotations/rules/basic-auth.ts';
import * as annotationRewrite from '../annotations/rules/rewrite.ts';
import * as affinity from '../annotations/rules/affinity.ts';
import * as backendProtocol from '../annotations/rules/backend-protocol.ts';
import * as modsecurity from '../annotations/rules/modsecurity.ts';
import * as nginxModules from '../annotations/rules/nginx-modules.ts';
import * as balancing from '../annotations/rules/balancing.ts';
import * as serviceUpstream from '../annotations/rules/service-upstream.ts';
import * as timeouts from '../annotations/rules/timeouts.ts';
import * as buffering from '../annotations/rules/buffering.ts';
import * as snippets from '../annotations/rules/snippets.ts';
import * as customHeaders from '../annotations/rules/custom-headers.ts';
import * as cors from '../annotations/rules/cors.ts';
import * as externalAuth from '../annotations/rules/external-auth.ts';
import * as customErrors from '../annotations/rules/custom-errors.ts';
import * as redirects from '../annotations/rules/redirects.ts';
import * as canary from '../annotations/rules/canary.ts';
import * as selection from '../compile/rules/selection.ts';
import * as forbiddenText from '../compile/rules/forbidden-text.ts';
import * as admission from '../compile/rules/admission.ts';
import * as ruleShapes from '../compile/rules/rule-shapes.ts';
import * as compilePaths from '../compile/rules/paths.ts';
import * as backends from '../compile/rules/backends.ts';
import * as defaultBackend from '../compile/rules/default-backend.ts';
import * as resolvers from '../compile/rules/resolvers.ts';
import * as world from '../compile/rules/world.ts';
import * as joins from '../compile/rules/canary.ts';
import * as serverPolicies from '../compile/rules/server-policies.ts';
import * as externalNames from '../compile/rules/external-names.ts';
import * as outsideCluster from '../compile/rules/outside-cluster.ts';
import * as controllerTls from '../controller-config/rules/tls.ts';
import * as certificates from '../compile/rules/certificates.ts';
import * as differences from '../compile/rules/differences.ts';
import * as configMaps from '../compile/rules/config-maps.ts';
import * as controllerVersion from '../compile/rules/controller-version.ts';
import * as headers from '../controller-config/rules/headers.ts';
import * as options from '../controller-config/rules/options.ts';
import * as weakOptions from '../controller-config/rules/weak-options.ts';
import * as streams from '../compile/rules/streams.ts';
import * as listeners from '../compile/rules/listeners.ts';
import * as passthrough from '../compile/rules/passthrough.ts';
import * as complaints from '../nginx/rules/complaints.ts';
import * as folder from '../output/rules/folder.ts';
import * as hosts from '../output/rules/hosts.ts';
import * as suppressions from '../findings/rules/suppressions.ts';
import * as baseline from '../findings/rules/baseline.ts';
import * as lintAffinity from './rules/affinity.ts';
import * as lintBackendProtocol from './rules/backend-protocol.ts';
import * as lintBasicAuth from './rules/basic-auth.ts';
import * as lintBalancing from './rules/balancing.ts';
import * as lintPassthrough from './rules/passthrough.ts';
import * as lintForwarded from './rules/forwarded.ts';
import * as lintClientCertificate from './rules/client-certificate.ts';
import * as lintErrorPages from './rules/custom-errors.ts';
import * as lintSizes from './rules/sizes.ts';
import * as lintServerSnippet from './rules/server-snippet.ts';
import * as lintPaths from './rules/paths.ts';
import * as lintServiceUpstream from './rules/service-upstream.ts';
import * as lintRedirects from './rules/redirects.ts';
import * as wildcardOverlap from './rules/wildcard-overlap.ts';
import * as lintRewrite from './rules/rewrite.ts';
import type { Rule } from '../diagnostics/rule.ts';

/** The files that hold rules, each all rules of one subject. What they export is listed. */
const SUBJECTS: readonly Readonly<Record<string, Rule>>[] = [
  files,
  emptyInput,
  syntax,
  separators,
  objects,
  otherTools,
  repository,
  fields,
  metadata,
  ingress,
  addresses,
  data,
  size,
  inside,
  placeholders,
  removedVersion,
  kubernetesVersion,
  doubles,
  annotations,
  contradictions,
  guards,
  networks,
  urls,
  weakChecks,
  weakSnippets,
  annotationSizes,
  weakTls,
  backendTls,
  basicAuth,
  clientCertificate,
  annotationRewrite,
  affinity,
  backendProtocol,
  nginxModules,
  modsecurity,
  balancing,
  serviceUpstream,
  timeouts,
  buffering,
  customHeaders,
  snippets,
  cors,
  customErrors,
  externalAuth,
  redirects,
  canary,
  selection,
  forbiddenText,
  differences,
  admission,
  ruleShapes,
  compilePaths,
  backends,
  defaultBackend,
  resolvers,
  world,
  joins,
  serverPolicies,
  externalNames,
  outsideCluster,
  controllerTls,
  certificates,
  configMaps,
  controllerVersion,
  headers,
  options,
  weakOptions,
  streams,
  listeners,
  passthrough,
  complaints,
  folder,
  hosts,
  suppressions,
  baseline,
  lintAffinity,
  lintBackendProtocol,
  lintBasicAuth,
  lintBalancing,
  lintPassthrough,
  lintForwarded,
  lintClientCertificate,
  lintErrorPages,
  lintSizes,
  lintServerSnippet,
  lintPaths,
  lintServiceUpstream,
  lintRewrite,
  lintRedirects,
  wildcardOverlap,
];

/** Every rule of every stage, by id: what the docs, suppression and SARIF know of. */
export const rules: readonly Rule[] = SUBJECTS.flatMap(subject => Object.values(subject)).toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
);
