import type { FieldRef } from '../diagnostics/place.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, text, trimmed } from '../options/value-type.ts';
import type { Modsecurity, ModsecurityOfAll } from '../routing/policies/modsecurity.ts';
import type { TextPart } from '../routing/variable-text.ts';
import { readVariableText } from '../routing/variable-text.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { OptionsContext, ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { isGuarding, problemOfRules } from './modsecurity-rules.ts';
import { reportMissingModule } from './nginx-modules.ts';
import { annotationWithoutEffect, invalidAnnotationValue } from './rules/annotations.ts';
import { missingGuardModule } from './rules/modsecurity.ts';
import { forbiddenSnippet, optionSnippetNotAllowed, snippetNotAllowed } from './rules/snippets.ts';

const ON = 'enable-modsecurity';
const CORE = 'enable-owasp-core-rules';
const CORE_OF_ALL = 'enable-owasp-modsecurity-crs';
const RULES = 'modsecurity-snippet';
const ID = 'modsecurity-transaction-id';

const rulesText: ValueType<string> = {
  name: 'rules of ModSecurity',
  schema: {},
  parse: value => ({ ok: true, value: value.trim() }),
};

interface Options {
  readonly [ON]: boolean;
  readonly [CORE_OF_ALL]: boolean;
  readonly [RULES]: string;
}

type Context = ReadContext<Options>;

interface Snippet {
  readonly rules: string;
  readonly at: FieldRef | undefined;
  /** What happens without it. */
  readonly lost: string;
  readonly notAllowed: typeof snippetNotAllowed | typeof optionSnippetNotAllowed;
}

/** Whether rules that somebody wrote may be taken; what is wrong is said. */
function mayTake(
  { rules, at, lost, notAllowed }: Snippet,
  { snippets, report }: Pick<OptionsContext, 'snippets' | 'report'>,
): boolean {
  const place = at === undefined ? {} : { at };
  if (snippets !== 'all') {
    const message = `${RULES}: rules of ModSecurity are not allowed: ${lost}`;
    report({ rule: notAllowed, message, help: 'use --snippets all', ...place });
    return false;
  }
  const problem = problemOfRules(rules);
  if (problem === undefined) return true;
  report({ rule: forbiddenSnippet, message: `${RULES} ${problem}: ${lost}`, help: 'remove it', ...place });
  return false;
}

/** Says that nobody inspects requests; whether that lets somebody in who should stay out. */
function reportMissing(
  { name, rules, at, lost }: Omit<Snippet, 'notAllowed'> & { readonly name: string },
  report: Report,
): boolean {
  const isGuard = isGuarding(rules);
  const rule = isGuard ? { rule: missingGuardModule } : {};
  const without = isGuard ? `its rules turn nobody away, so ${lost}` : 'attacks are not logged';
  reportMissingModule({ module: 'modsecurity', name, lost: without, at, ...rule }, report);
  return isGuard;
}

/** The id under which requests are logged; undefined for that of ModSecurity, and where nginx would not take it. */
function readId(value: string, { ingress, report }: Context): readonly TextPart[] | undefined {
  if (value === '') return undefined;
  const read = readVariableText(value);
  if (read.ok) return read.parts;
  const message = `${ID}: "${value}" ${read.problem}`;
  report({ rule: invalidAnnotationValue, message, help: 'write "$request_id"', at: annotationRef(ingress, ID) });
  return undefined;
}

/** Says which annotations are of no matter where ModSecurity is off. */
function reportIdle({ ingress, report }: Context): void {
  const name = [CORE, ID, RULES].find(each => annotationText(ingress, each) !== '');
  if (name === undefined || annotationText(ingress, name) === 'false') return;
  const message = `${name} has no effect without ${ON}: "true"`;
  report({ rule: annotationWithoutEffect, message, help: `add ${ON}: "true"`, at: annotationRef(ingress, name) });
}

const RULES_SUMMARY =
  'in place of the file; taken with `--snippets all` alone, and without what reaches other files, hosts or programs.';

/**
 * A firewall for requests, where nginx has the module. The rules of the controller's image only log.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/modsecurity/main.go, and buildModSecurityForLocation in
 * internal/ingress/controller/template/template.go.
 */
export const modsecurity = defineFamily({
  name: 'modsecurity',
  annotations: {
    [ON]: {
      type: bool,
      default: false,
      ifRefused: false,
      example: 'true',
      summary:
        'Whether ModSecurity inspects requests; needs `--nginx-module modsecurity`. Its rules are in /etc/nginx/modsecurity/modsecurity.conf, as in the image of the controller, where they only log.',
      becomes: 'modsecurity, modsecurity_rules_file',
    } satisfies OptionSpec<boolean>,
    [CORE]: {
      type: bool,
      default: false,
      example: 'true',
      summary:
        'Whether ModSecurity also has the OWASP core rule set, from /etc/nginx/owasp-modsecurity-crs/nginx-modsecurity.conf.',
      becomes: 'modsecurity_rules_file',
    } satisfies OptionSpec<boolean>,
    [ID]: {
      type: trimmed(text(/^[-A-Za-z0-9_${}]*$/, 'letters, digits and - _ $ { }')),
      default: '',
      example: '$request_id',
      summary: 'The id under which ModSecurity logs a request.',
      becomes: 'modsecurity_transaction_id',
    } satisfies OptionSpec<string>,
    [RULES]: {
      type: rulesText,
      default: '',
      example: 'SecRuleEngine On',
      summary: `Rules of ModSecurity, ${RULES_SUMMARY}`,
      becomes: 'modsecurity_rules',
    } satisfies OptionSpec<string>,
  },
  options: {
    [ON]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether ModSecurity inspects the requests of all hosts; needs `--nginx-module modsecurity`.',
      becomes: 'modsecurity, modsecurity_rules_file',
    } satisfies OptionSpec<boolean>,
    [CORE_OF_ALL]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether ModSecurity also has the OWASP core rule set for all hosts, from the same file.',
      becomes: 'modsecurity_rules_file',
    } satisfies OptionSpec<boolean>,
    [RULES]: {
      type: rulesText,
      default: '',
      example: 'SecRuleEngine On',
      summary: `Rules of ModSecurity for all hosts, ${RULES_SUMMARY}`,
      becomes: 'modsecurity_rules',
    } satisfies OptionSpec<string>,
  },
  read(values, context): Modsecurity | Closed<never> | undefined {
    const { ingress, options, written, hasModule, report } = context;
    const isOfAll = options[ON];
    const isSet = annotationText(ingress, ON) !== '' && !context.refused.has(ON);
    const rules = values[RULES];
    const at = annotationRef(ingress, RULES);
    const lost = 'the locations of this Ingress answer 503';
    if (rules !== '' && !mayTake({ rules, at, lost, notAllowed: snippetNotAllowed }, context)) {
      return closed('location', `the rules of ${RULES} are not taken`);
    }
    if (isSet && !values[ON]) {
      reportIdle(context);
      return isOfAll ? { ...NOTHING, isOn: false } : undefined;
    }
    if (!isOfAll && !values[ON]) {
      reportIdle(context);
      return undefined;
    }
    if (!hasModule('modsecurity')) {
      const name = isSet ? ON : RULES;
      const isGuard = reportMissing({ name, rules, at: isSet ? written(ON) : at, lost }, report);
      return isGuard ? closed('location', 'nginx has no module for ModSecurity') : undefined;
    }
    return {
      isOn: isOfAll ? undefined : true,
      rules: rules === '' ? undefined : rules,
      hasUsualRules: !isOfAll && rules === '',
      hasCoreRules: !options[CORE_OF_ALL] && values[CORE],
      transactionId: readId(values[ID], context),
    };
  },
  gives: {
    http(options, context): ModsecurityOfAll | undefined {
      const { hasModule, written, report } = context;
      const rules = options[RULES];
      if (!options[ON]) return undefined;
      const lost = 'all hosts answer 503';
      const at = written(RULES);
      if (rules !== '' && !mayTake({ rules, at, lost, notAllowed: optionSnippetNotAllowed }, context)) return CLOSED;
      if (!hasModule('modsecurity')) {
        return reportMissing({ name: ON, rules, at: written(ON), lost }, report) ? CLOSED : undefined;
      }
      return {
        rules: rules === '' ? undefined : rules,
        hasUsualRules: rules === '',
        hasCoreRules: options[CORE_OF_ALL],
        isClosed: false,
      };
    },
    location: asked => asked,
  },
});

const NOTHING: Modsecurity = {
  isOn: undefined,
  rules: undefined,
  hasUsualRules: false,
  hasCoreRules: false,
  transactionId: undefined,
};

const CLOSED: ModsecurityOfAll = { rules: undefined, hasUsualRules: false, hasCoreRules: false, isClosed: true };
