import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { objectText } from '../diagnostics/place.ts';
import { many } from '../diagnostics/words.ts';
import type { Server } from '../routing/model.ts';
import { exactInRegexHost } from './rules/paths.ts';
import type { LintedPath } from './written-paths.ts';

/** Says once for a host that its Exact paths are none, and whose annotation has done it. */
export function checkExactInRegexHost(server: Server, paths: readonly LintedPath[], report: Report): void {
  const { regexFrom } = server;
  if (regexFrom === undefined) return;
  const [first, ...others] = paths.filter(({ written }) => written.pathType === 'Exact');
  if (first === undefined) return;
  const { path } = first.written;
  const more = others.length === 0 ? '' : `, and ${alsoDo(others.length)}`;
  const message = `Exact path "${path}" of ${shownHost(server)} also matches "${path}x" and "${path}/x"${more}`;
  const help = `write "${path}$" with \`pathType: ImplementationSpecific\`, or keep use-regex and rewrite-target off this host`;
  const because = {
    message: `${objectText(regexFrom.resource)} makes all paths of the host regular expressions`,
    at: regexFrom.field,
  };
  const related = [because, ...others.map(({ written, at }) => ({ message: `"${written.path}"`, at }))];
  report({ rule: exactInRegexHost, message, help, at: first.at, related });
}

function alsoDo(count: number): string {
  return `so ${count === 1 ? 'does' : 'do'} ${many(count, 'more Exact path')}`;
}
