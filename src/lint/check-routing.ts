import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { pickEach } from '../diagnostics/each.ts';
import type { Routing, Server, Upstream } from '../routing/model.ts';
import { checkAffinity, checkCookiePaths } from './affinity.ts';
import { checkGrpcHosts, grpcName } from './backend-protocol.ts';
import { checkBalancing } from './balancing.ts';
import { checkPasswords } from './basic-auth.ts';
import { checkPlainHttp } from './client-certificate.ts';
import { checkErrorPages } from './custom-errors.ts';
import { checkOwnAuth } from './external-auth.ts';
import { checkForwarded } from './forwarded.ts';
import { checkExactInRegexHost } from './exact-in-regex-host.ts';
import { checkPassthroughs } from './passthrough.ts';
import { checkPathTexts, isStrict } from './path-texts.ts';
import { checkRedirectLoops, redirecting } from './redirect-loops.ts';
import { checkRewriteGroups } from './rewrite-groups.ts';
import { checkServiceUpstream } from './service-upstream.ts';
import { checkExpressions, checkSizes } from './sizes.ts';
import { checkServerSnippet } from './server-snippet.ts';
import { checkSlowRegexes } from './slow-regex.ts';
import { checkShadowedPaths } from './shadowed-path.ts';
import { checkWildcards, wholeWildcard } from './wildcard-overlap.ts';
import type { LintedPath } from './written-paths.ts';
import { writtenPaths } from './written-paths.ts';

/** What was found in servers and upstreams, from one routing to the next. */
export interface RoutingCheckMemory {
  readonly servers: PickMemory<Server, readonly Finding[]>;
  readonly upstreams: PickMemory<Upstream, readonly Finding[]>;
  /** Those that speak gRPC. */
  readonly grpc: PickMemory<Upstream, string>;
  readonly redirecting: PickMemory<Server, Server>;
  readonly wildcards: PickMemory<Server, Server>;
}

export function createRoutingCheckMemory(): RoutingCheckMemory {
  const nothing = (): { last: undefined } => ({ last: undefined });
  return {
    servers: nothing(),
    upstreams: nothing(),
    grpc: nothing(),
    redirecting: nothing(),
    wildcards: nothing(),
  };
}

/** Looks at the paths that rules gave a server. */
type Check = (server: Server, paths: readonly LintedPath[], report: Report) => void;

const SERVER_CHECKS: readonly Check[] = [
  checkPathTexts,
  checkExactInRegexHost,
  checkShadowedPaths,
  checkSlowRegexes,
  checkRewriteGroups,
  checkCookiePaths,
  checkErrorPages,
  checkPlainHttp,
  checkPasswords,
  checkServerSnippet,
  checkExpressions,
];

/** Whether no check can find anything. */
function isPlain({ regexFrom, locations, policies }: Server): boolean {
  const { clientCertificate, serverSnippet } = policies;
  if (regexFrom !== undefined || clientCertificate !== undefined || serverSnippet !== undefined) return false;
  return locations.every(
    ({ written, policies: { rewrite, customErrors, basicAuth, tlsRedirect } }) =>
      rewrite === undefined &&
      customErrors === undefined &&
      (basicAuth === undefined || tlsRedirect !== undefined) &&
      (written === undefined || isStrict(written.path)),
  );
}

function checkServer(server: Server): readonly Finding[] | undefined {
  if (isPlain(server)) return undefined;
  const { report, diagnostics } = collect();
  const paths = writtenPaths(server);
  for (const check of SERVER_CHECKS) check(server, paths, report);
  return diagnostics.length === 0 ? undefined : diagnostics;
}

function checkUpstream(upstream: Upstream): readonly Finding[] | undefined {
  const { affinity, balancing, serviceUpstream } = upstream.policies;
  if (affinity === undefined && balancing === undefined && serviceUpstream === undefined) return undefined;
  const { report, diagnostics } = collect();
  checkAffinity(upstream, report);
  checkBalancing(upstream, report);
  checkServiceUpstream(upstream, report);
  return diagnostics.length === 0 ? undefined : diagnostics;
}

/** What is wrong with an option or an annotation is wrong in many servers. */
function reportOnce(report: Report): Report {
  const said = new Set<string>();
  return finding => {
    const mark = JSON.stringify([finding.rule.id, finding.message, finding.at]);
    if (!said.has(mark)) report(finding);
    said.add(mark);
  };
}

/**
 * Says what nginx will take, and its author most likely did not mean. With a memory, a server that is the same object is
 * not looked at again.
 */
export function checkRouting(routing: Routing, report: Report, memory?: RoutingCheckMemory): void {
  const { http, listeners, servers, upstreams, passthroughs, defaultCertificate } = routing;
  for (const found of pickEach(memory?.upstreams, upstreams, checkUpstream)) found.forEach(report);
  const speaking = pickEach(memory?.grpc, upstreams, grpcName);
  checkGrpcHosts({ servers, speaking, defaultCertificate }, report);
  checkRedirectLoops({ servers, redirecting: pickEach(memory?.redirecting, servers, redirecting) }, report);
  checkWildcards({ servers, wildcards: pickEach(memory?.wildcards, servers, wholeWildcard) }, report);
  checkForwarded({ http, servers }, report);
  checkPassthroughs({ servers, passthroughs }, report);
  checkOwnAuth({ listeners, servers }, report);
  checkSizes(routing, report);
  const say = reportOnce(report);
  for (const found of pickEach(memory?.servers, servers, checkServer)) found.forEach(say);
}
