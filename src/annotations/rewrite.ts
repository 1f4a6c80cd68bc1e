import { bool, text } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Ingress } from '../resources/model.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import { annotationRef } from './annotation-ref.ts';
import { closed } from './closed.ts';
import { defineFamily } from './family.ts';
import { invalidRewriteTarget } from './rules/rewrite.ts';

interface Asked {
  readonly target: string;
  readonly useRegex: boolean;
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
  name: 'rewrite',
  options: {},
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
  read(values, { ingress, report }) {
    const target = values['rewrite-target'];
    const problem = problemOf(target, groupsOf(ingress));
    if (problem === undefined) return { target, useRegex: values['use-regex'] };
    const help = 'use $1 to $9 for the groups of the path';
    const at = annotationRef(ingress, 'rewrite-target');
    report({ rule: invalidRewriteTarget, message: `rewrite-target: "${target}" ${problem}`, help, at });
    // What is closed are the places where the expressions of the paths are, not those where their texts are.
    return closed<Asked>('location', 'its rewrite target is not valid', { target: '', useRegex: true });
  },
  askers: () => ['rewrite-target'],
  gives: {
    location({ target }, { path, isCatchAll }) {
      const isIdle = target === '' || target === path || isCatchAll;
      return isIdle ? undefined : { pattern: path, target, isRedirect: URL_BEGIN.test(target) };
    },
  },
  wantsRegex: ({ target, useRegex }, path) => useRegex || (target !== '' && target !== path),
});
