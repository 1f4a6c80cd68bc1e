import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Routing, Server } from '../routing/model.ts';
import { checkExactInRegexHost } from './exact-in-regex-host.ts';
import { checkPathTexts } from './path-texts.ts';
import { checkRewriteGroups } from './rewrite-groups.ts';
import { checkShadowedPaths } from './shadowed-path.ts';

/** What was found in servers, from one routing to the next. */
export type RoutingCheckMemory = WeakMap<Server, readonly Finding[]>;

const SERVER_CHECKS: readonly ((server: Server, report: Report) => void)[] = [
  checkPathTexts,
  checkExactInRegexHost,
  checkShadowedPaths,
  checkRewriteGroups,
];

function checkServer(server: Server): readonly Finding[] {
  const { report, diagnostics } = collect();
  for (const check of SERVER_CHECKS) check(server, report);
  return diagnostics;
}

/**
 * Says what nginx will take, and its author most likely did not mean. With a memory, a server that is the same object is
 * not looked at again.
 */
export function checkRouting(
  { servers }: Routing,
  report: Report,
  memory: RoutingCheckMemory = new WeakMap<Server, readonly Finding[]>(),
): void {
  for (const server of servers) {
    const found = memory.get(server) ?? checkServer(server);
    memory.set(server, found);
    for (const finding of found) report(finding);
  }
}
