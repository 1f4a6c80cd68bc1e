import { shownHost } from '../compile/hosts.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Server } from '../routing/model.ts';
import { backtracksCatastrophically } from './regex-ambiguity.ts';
import { readSyntax } from './regex-syntax.ts';
import { slowRegex } from './rules/paths.ts';
import type { LintedPath } from './written-paths.ts';

/** Finds expressions that keep nginx busy for long with a request that does not fit. */
export function checkSlowRegexes(server: Server, paths: readonly LintedPath[], report: Report): void {
  if (server.regexFrom === undefined) return;
  for (const { written, locations, at } of paths) {
    const { path } = written;
    const isExpression = locations.some(({ match }) => match === 'regex');
    if (!isExpression || !backtracksCatastrophically(path, () => readSyntax(path))) continue;
    const message = `the path "${path}" of ${shownHost(server)} backtracks catastrophically: for a long request that does not fit, nginx tries millions of ways, then answers 500`;
    const help = 'a repeated group holds what is repeated: repeat it once, such as (a+) for (a+)+ and (.*) for (.*)*';
    report({ rule: slowRegex, message, help, at });
  }
}
