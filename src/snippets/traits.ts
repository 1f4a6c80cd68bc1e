import type { Directive } from './parse.ts';
import { parseSnippet } from './parse.ts';

/** Expressions of `rewrite` that fit each path. */
const ANY_PATH: ReadonlySet<string> = new Set(['^', '^/', '.*', '^.*$', '(.*)', '^(.*)$', '^/(.*)$']);
const PUTS: ReadonlySet<string> = new Set(['more_set_headers', 'more_clear_headers']);

/** Whether a snippet has a directive, at any depth, of which something holds. */
function hasSome(source: string, test: (directive: Directive) => boolean): boolean {
  const parsed = parseSnippet(source);
  const some = (directives: readonly Directive[]): boolean =>
    directives.some(directive => test(directive) || some(directive.body ?? []));
  return parsed.ok && some(parsed.directives);
}

/** Whether a snippet sets or removes the header of responses that names the server. */
export function changesServerName(source: string): boolean {
  return hasSome(
    source,
    ({ name, args }) => PUTS.has(name.text) && args.some(({ text }) => /^\s*server\s*(?::|$)/i.test(text)),
  );
}

/** Whether every request of a location ends with it, or goes elsewhere. */
function answers({ name, args }: Directive): boolean {
  if (name.text === 'rewrite') return ANY_PATH.has(args[0]?.text ?? '');
  return name.text === 'return' || name.text === 'proxy_pass';
}

/** Whether a snippet has a location that does not answer every request by itself. */
export function leavesRequests(source: string): boolean {
  return hasSome(source, ({ name, body }) => name.text === 'location' && body?.some(answers) !== true);
}
