import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import { cookiePathOf } from '../routing/cookie-path.ts';
import type { Server, Upstream } from '../routing/model.ts';
import { affinityWithoutEndpoints, cookiePathIsRegex } from './rules/affinity.ts';
import type { LintedPath } from './written-paths.ts';

/** What stands for other text in an expression. A dot does as well, but means itself in most paths. */
const PATTERN = /[()[\]{}*+?|^$\\]/;

/** Finds affinity that nginx cannot give. */
export function checkAffinity({ peers, policies, from }: Upstream, report: Report): void {
  const [asker] = policies.affinity?.from ?? [];
  if (asker === undefined || asker.by === 'default' || peers.kind === 'addresses') return;
  const service = from[0] === undefined ? '' : ` for ${objectText(from[0].resource)}`;
  const message = `affinity has no effect${service}: it is reached by the name ${peers.host}`;
  const help = 'add the EndpointSlices of the Service to the input, if it has pods';
  report({ rule: affinityWithoutEndpoints, message, help, at: asker.at.field });
}

/** Finds cookies that no browser sends back, once an Ingress. */
export function checkCookiePaths(server: Server, paths: readonly LintedPath[], report: Report): void {
  const seen = new Set<ObjectName>();
  for (const { written, locations, at } of paths) {
    const location = locations.find(({ match }) => match === 'regex');
    const cookie = location?.policies.affinity;
    const ingress = location?.from[0]?.resource;
    const { path } = written;
    if (ingress === undefined || seen.has(ingress)) continue;
    if (!PATTERN.test(path) || cookie?.asks.path !== cookiePathOf(path)) continue;
    seen.add(ingress);
    const message = `no browser sends the affinity cookie of ${shownHost(server)} back: its Path is the expression "${path}"`;
    report({ rule: cookiePathIsRegex, message, help: `set session-cookie-path, such as "${beginOf(path)}"`, at });
  }
}

/** The folders that an expression surely begins with. */
function beginOf(path: string): string {
  const [text = ''] = path.split(PATTERN);
  const isWhole = path.startsWith('(/', text.length) || path.startsWith('(?:/', text.length);
  return (isWhole ? text : text.slice(0, text.lastIndexOf('/'))) || '/';
}
