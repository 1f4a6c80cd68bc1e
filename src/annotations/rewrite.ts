import { bool, text, trimmed } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Ingress } from '../resources/model.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import { annotationRef } from './annotation-ref.ts';
import { closed } from './closed.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect, droppedForValue, invalidAnnotationValue } from './rules/annotations.ts';
import { invalidRewriteTarget } from './rules/rewrite.ts';

type Context = Omit<ReadContext<unknown>, 'options'>;

interface Asked {
  readonly target: string;
  readonly useRegex: boolean;
  /** Empty for none. */
  readonly prefix: string;
}

const PREFIX_HEADER = 'x-forwarded-prefix';

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

/** What the header is to be, empty for none. The controller sends it with a rewrite only. */
function readPrefix(prefix: string, target: string, context: Context): string {
  if (prefix === '') return '';
  const { ingress, report } = context;
  const at = annotationRef(ingress, PREFIX_HEADER);
  if (target === '') {
    const message = `${PREFIX_HEADER} has no effect without rewrite-target`;
    report({ rule: annotationWithoutEffect, message, help: `add rewrite-target, or remove ${PREFIX_HEADER}`, at });
  } else if (/^(?:true|false)$/i.test(prefix)) {
    const message = `${PREFIX_HEADER}: "${prefix}" goes to the backend as the prefix itself`;
    report({ rule: invalidAnnotationValue, message, help: 'write the path that is cut off, such as "/api"', at });
  }
  const problem = problemOf(prefix, groupsOf(ingress));
  if (problem === undefined) return prefix;
  const help = 'use $1 to $9 for the groups of the path';
  report({ rule: invalidAnnotationValue, message: `${PREFIX_HEADER}: "${prefix}" ${problem}`, help, at });
  return '';
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
      becomes: 'location ~*, rewrite',
      differs: [
        {
          says: 'a redirect to a URL leaves out what the path adds if that has a control character',
          where: value => /^https?:.*\$/.test(value),
        },
      ],
    } satisfies OptionSpec<string>,
    [PREFIX_HEADER]: {
      type: trimmed(text(/^[-._~a-zA-Z0-9/:$ ]*$/, 'letters, digits, blanks and - . _ ~ / : $')),
      default: '',
      example: '/docs',
      summary:
        'The X-Forwarded-Prefix header that the backend gets where its path is rewritten; `$1` to `$9` as above.',
      becomes: 'proxy_set_header',
      differs: [
        {
          says: 'no prefix is sent if a group of the path holds a control character',
          where: value => value.includes('$'),
        },
      ],
    } satisfies OptionSpec<string>,
    'use-regex': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Reads the paths of the host as regular expressions, case-insensitive, open at their end.',
      becomes: 'location ~*',
    } satisfies OptionSpec<boolean>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true, of: [PREFIX_HEADER] },
  read(values, context) {
    const { ingress, report } = context;
    const target = values['rewrite-target'];
    const prefix = readPrefix(values[PREFIX_HEADER], target, context);
    const problem = problemOf(target, groupsOf(ingress));
    if (problem === undefined) return { target, useRegex: values['use-regex'], prefix };
    const help = 'use $1 to $9 for the groups of the path';
    const at = annotationRef(ingress, 'rewrite-target');
    report({ rule: invalidRewriteTarget, message: `rewrite-target: "${target}" ${problem}`, help, at });
    // What is closed are the places where the expressions of the paths are, not those where their texts are.
    return closed<Asked>('location', 'its rewrite target is not valid', { target: '', useRegex: true, prefix: '' });
  },
  askers: values => (values[PREFIX_HEADER] === '' ? ['rewrite-target'] : ['rewrite-target', PREFIX_HEADER]),
  gives: {
    location({ target, prefix }, { path, isCatchAll }) {
      if (target === '' || target === path || isCatchAll) return undefined;
      const isRedirect = URL_BEGIN.test(target);
      return { pattern: path, target, isRedirect, ...(prefix === '' || isRedirect ? {} : { prefix }) };
    },
  },
  wantsRegex: ({ target, useRegex }, path) => useRegex || (target !== '' && target !== path),
});
