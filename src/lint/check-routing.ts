import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Routing, Server } from '../routing/model.ts';
import { checkAffinity, checkCookiePaths } from './affinity.ts';
import { checkGrpcHosts } from './backend-protocol.ts';
import { checkBalancing } from './balancing.ts';
import { checkPlainHttp } from './client-certificate.ts';
import { checkErrorPages } from './custom-errors.ts';
import { checkOwnAuth } from './external-auth.ts';
import { checkForwarded } from './forwarded.ts';
import { checkExactInRegexHost } from './exact-in-regex-host.ts';
import { checkPassthroughs } from './passthrough.ts';
import { checkPathTexts, isStrict } from './path-texts.ts';
import { checkRewriteGroups } from './rewrite-groups.ts';
import { checkServiceUpstream } from './service-upstream.ts';
import { checkServerSnippet } from './server-snippet.ts';
import { checkShadowedPaths } from './shadowed-path.ts';
import type { LintedPath } from './written-paths.ts';
import { writtenPaths } from './written-paths.ts';

/** What was found in servers, from one routing to the next. */
export type RoutingCheckMemory = WeakMap<Server, readonly Finding[]>;

/** Looks at the paths that rules gave a server. */
type Check = (server: Server, paths: readonly LintedPath[], report: Report) => void;

const SERVER_CHECKS: readonly Check[] = [
  checkPathTexts,
  checkExactInRegexHost,
  checkShadowedPaths,
  checkRewriteGroups,
  checkCookiePaths,
  checkErrorPages,
  checkPlainHttp,
  checkServerSnippet,
];

/** Whether no check can find anything. */
function isPlain({ regexFrom, locations, policies }: Server): boolean {
  const { clientCertificate, serverSnippet } = policies;
  if (regexFrom !== undefined || clientCertificate !== undefined || serverSnippet !== undefined) return false;
  return locations.every(
    ({ written, policies: { rewrite, customErrors } }) =>
      rewrite === undefined && customErrors === undefined && (written === undefined || isStrict(written.path)),
  );
}

const NOTHING: readonly Finding[] = [];

function checkServer(server: Server): readonly Finding[] {
  if (isPlain(server)) return NOTHING;
  const { report, diagnostics } = collect();
  const paths = writtenPaths(server);
  for (const check of SERVER_CHECKS) check(server, paths, report);
  return diagnostics;
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
export function checkRouting(
  { http, listeners, servers, upstreams, passthroughs, defaultCertificate }: Routing,
  report: Report,
  memory?: RoutingCheckMemory,
): void {
  for (const upstream of upstreams) {
    checkAffinity(upstream, report);
    checkBalancing(upstream, report);
    checkServiceUpstream(upstream, report);
  }
  checkGrpcHosts({ servers, upstreams, defaultCertificate }, report);
  checkForwarded({ http, servers }, report);
  checkPassthroughs({ servers, passthroughs }, report);
  checkOwnAuth({ listeners, servers }, report);
  const say = reportOnce(report);
  for (const server of servers) {
    const found = memory?.get(server) ?? checkServer(server);
    memory?.set(server, found);
    for (const finding of found) say(finding);
  }
}
