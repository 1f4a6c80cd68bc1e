import { bool, text } from '../options/value-type.ts';
import { annotationRef, defineFamily } from './family.ts';
import { isKnownVariable } from './nginx-variables.ts';
import { invalidRewriteTarget } from './rules/rewrite.ts';
import type { Ingress } from '../resources/model.ts';
import type { OptionSpec } from '../options/option.ts';

/** How the path of a request is rewritten before it goes to the backend. */
export interface RewritePolicy {
  /** The path of the rule, a PCRE that matches anywhere in the request path, case-insensitively. */
  readonly pattern: string;
  /** The new path; `$1` to `$9` are groups of the pattern, other `$name` are nginx variables, all known to exist. */
  readonly target: string;
  /** The target is a URL: clients are redirected to it (302) instead of a backend asked. */
  readonly isRedirect: boolean;
}

/** Source: nginx's src/http/modules/ngx_http_rewrite_module.c, ngx_http_rewrite. */
const URL_BEGIN = /^(?:https?:\/\/|\$scheme)/;

/** The names of groups in the paths of an Ingress. What is no group after all is found when the path is read. */
function groupsOf({ rules }: Ingress): ReadonlySet<string> {
  const paths = rules.flatMap(rule => rule.paths ?? []);
  const found = paths.flatMap(({ path }) => [...path.matchAll(/\(\?(?:P?<|')(\w+)[>']/g)]);
  return new Set(found.flatMap(([, name]) => name ?? []));
}

/** The first thing in a target that makes nginx refuse it; undefined if there is none. */
function problemOf(target: string, groups: ReadonlySet<string>): string | undefined {
  for (const [found, name] of target.matchAll(/\$(\w*)/g)) {
    if (name === undefined || name === '') return 'has a $ without the name of a variable';
    if (/^[1-9]/.test(name) || groups.has(name)) continue;
    if (name === 'request_filename' && URL_BEGIN.test(target)) return 'has $request_filename, a path of this machine';
    if (!isKnownVariable(name)) return `has ${found}, which is not a variable of nginx`;
  }
  return undefined;
}

/**
 * Rewriting and regular expressions. Both make every location of the host a regular expression, as in the controller,
 * except a target that equals its own path, which rewrites nothing.
 */
export const rewrite = defineFamily({
  annotations: {
    'rewrite-target': {
      type: text(/^\/?[-._~a-zA-Z0-9/:$]*$/, 'letters, digits and - . _ ~ / : $'),
      default: '',
      example: '/$2',
      summary: 'The path that the backend gets; `$1` to `$9` are groups of the path of the rule.',
    } satisfies OptionSpec<string>,
    'use-regex': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Reads the paths of the host as regular expressions, case-insensitive, open at their end.',
    } satisfies OptionSpec<boolean>,
  },
  read(values, { ingress, report, deny }) {
    const target = values['rewrite-target'];
    const problem = problemOf(target, groupsOf(ingress));
    if (problem !== undefined) {
      const help = 'use $1 to $9 for the groups of the path';
      const at = annotationRef(ingress, 'rewrite-target');
      report({ rule: invalidRewriteTarget, message: `rewrite-target: "${target}" ${problem}`, help, at });
      deny('its rewrite target is not valid');
      // What is closed are the places where the expressions of the paths are, not those where their texts are.
      return { target: '', useRegex: true };
    }
    return { target, useRegex: values['use-regex'] };
  },
  policyFor(asked, { path, isCatchAll }): RewritePolicy | undefined {
    const isIdle = asked.target === '' || asked.target === path || isCatchAll;
    if (isIdle) return undefined;
    return { pattern: path, target: asked.target, isRedirect: URL_BEGIN.test(asked.target) };
  },
  wantsRegex: (asked, path) => asked.useRegex || (asked.target !== '' && asked.target !== path),
});
