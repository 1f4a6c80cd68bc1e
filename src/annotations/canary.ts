import { problemOfRegex } from '../routing/pcre.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool, integer, oneOf, text, trimmed } from '../options/value-type.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import { closed } from './closed.ts';
import type { ReadContext, Share } from './family.ts';
import { defineFamily } from './family.ts';
import { canaryRuleWithoutEffect, canaryWeight, unclearCanary } from './rules/canary.ts';

/** Blanks inside count as such, and fit nothing that a client can send; the controller takes them. */
const name = trimmed(text(/^[-/._~a-zA-Z0-9: ]*$/, 'letters, digits and - . _ ~ / :'));
const weight = integer({ min: 0, max: 999_999_999_999_999 });

const annotations = {
  canary: {
    type: bool,
    default: false,
    example: 'true',
    summary:
      'Makes the Ingress a canary: it has no paths of its own, and takes a share of the requests of the Services that other Ingresses have for the same host, path and path type.',
    becomes: 'map, split_clients',
  } satisfies OptionSpec<boolean>,
  'canary-by-header': {
    type: name,
    default: '',
    example: 'X-Canary',
    summary: 'The request header that is asked first: `always` goes to the canary, `never` does not.',
    becomes: 'map',
  } satisfies OptionSpec<string>,
  'canary-by-header-value': {
    type: name,
    default: '',
    example: 'beta',
    summary: 'The value of the header that goes to the canary, instead of `always` and `never`.',
    becomes: 'map',
  } satisfies OptionSpec<string>,
  'canary-by-header-pattern': {
    type: text(
      /^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/,
      'letters, digits and - . _ ~ / : ^ $ [ ] ( ) { } * + ? | & = \\',
    ),
    default: '',
    example: '^beta-[0-9]+$',
    summary: 'A regular expression (PCRE) for such values, if there is no `canary-by-header-value`.',
    becomes: 'map',
  } satisfies OptionSpec<string>,
  'canary-by-cookie': {
    type: name,
    default: '',
    example: 'canary',
    summary: 'The cookie that is asked next: `always` goes to the canary, `never` does not.',
    becomes: 'map',
  } satisfies OptionSpec<string>,
  'canary-weight': {
    type: weight,
    default: 0,
    example: '10',
    summary: 'The share of all other requests that goes to the canary, by chance for each request.',
    becomes: 'split_clients',
  } satisfies OptionSpec<number>,
  'canary-weight-total': {
    type: weight,
    default: 100,
    example: '1000',
    summary: 'What `canary-weight` is a share of; 100 if it is less.',
    becomes: 'split_clients',
    differs: [{ says: 'chance decides in steps of 0.01 %', where: value => value > 10_000 }],
  } satisfies OptionSpec<number>,
  'affinity-canary-behavior': {
    type: trimmed(oneOf('sticky', 'legacy')),
    default: 'sticky',
    example: 'legacy',
    summary:
      'Whether clients whom a canary has served stay with it (`sticky`), or each request is decided anew (`legacy`).',
    becomes: 'map',
  } satisfies OptionSpec<'sticky' | 'legacy'>,
};

type Texts = Readonly<Record<'header' | 'value' | 'pattern' | 'cookie', string>>;
type Context = Pick<ReadContext<unknown>, 'ingress' | 'report' | 'written'>;
type Rules = Share['rules'];

/** The annotations that only a canary has; one that is not there decides nothing. */
const OF_CANARIES = [
  'canary-weight',
  'canary-by-header',
  'canary-by-header-value',
  'canary-by-header-pattern',
  'canary-by-cookie',
];

/** What only a canary has, of an Ingress that does not say whether it is one. */
function loneAnnotation(ingress: Ingress): string | undefined {
  return OF_CANARIES.find(each => !['', '0'].includes(annotationText(ingress, each).trim()));
}

/** What clients can send and nginx takes: it drops headers with any other character. */
const SENDABLE = /^[A-Za-z0-9-]+$/;

/** What is wrong with the name of a header; `isFatal`: no request has it. */
function problemOfHeader(
  header: string,
): { readonly problem: string; readonly help: string; readonly isFatal: boolean } | undefined {
  if (SENDABLE.test(header)) return undefined;
  const sendable = header.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const isFatal = !/^\w+$/.test(header.replaceAll('-', ''));
  return {
    problem: isFatal
      ? 'is no name of a header that nginx takes: no request has it'
      : `has an underscore: nginx drops such headers, and takes "${sendable}" for it`,
    help: `write "${sendable}", and let clients send that`,
    isFatal,
  };
}

function reporterOf({ ingress, report }: Context): (name: string, message: string, help: string) => void {
  return (annotation, message, help) =>
    report({ rule: canaryRuleWithoutEffect, message, help, at: annotationRef(ingress, annotation) });
}

/**
 * The rules of the header. A pattern that cannot be read keeps every request with the header away, as in the controller.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer.
 */
function headerRules({ header, value, pattern }: Texts, context: Context): Rules {
  const say = reporterOf(context);
  if (header === '') {
    const lone = value === '' ? (pattern === '' ? undefined : 'pattern') : 'value';
    const annotation = `canary-by-header-${lone}`;
    if (lone !== undefined)
      say(
        annotation,
        `${annotation} has no effect without canary-by-header`,
        'write canary-by-header as well, or remove it',
      );
    return [];
  }
  const { problem, help = '', isFatal = false } = problemOfHeader(header) ?? {};
  if (problem !== undefined) say('canary-by-header', `canary-by-header: "${header}" ${problem}`, help);
  if (isFatal) return [];
  const test = (is: Rules[number]['when']['is'], isTaken: boolean): Rules[number] => ({
    when: { of: 'header', name: header, is },
    isTaken,
  });
  if (value !== '') {
    if (pattern !== '')
      say(
        'canary-by-header-pattern',
        'canary-by-header-pattern has no effect beside canary-by-header-value',
        'remove one of the two',
      );
    return [test({ kind: 'text', text: value }, true)];
  }
  if (pattern === '')
    return [test({ kind: 'text', text: 'always' }, true), test({ kind: 'text', text: 'never' }, false)];
  const broken = problemOfRegex(pattern);
  if (broken === undefined) return [test({ kind: 'regex', regex: pattern }, true)];
  const message = `invalid regular expression in canary-by-header-pattern "${pattern}": ${broken}; no request with the header "${header}" goes to the canary`;
  say('canary-by-header-pattern', message, 'correct the expression');
  return [test({ kind: 'regex', regex: '.' }, false)];
}

function cookieRules({ cookie }: Texts): Rules {
  if (cookie === '') return [];
  const test = (word: string, isTaken: boolean): Rules[number] => ({
    when: { of: 'cookie', name: cookie, is: { kind: 'text', text: word } },
    isTaken,
  });
  return [test('always', true), test('never', false)];
}

/** The smallest total that the controller takes. */
const LEAST_TOTAL = 100;
/** nginx divides requests in so many parts. */
const STEPS = 10_000;

/** The share by chance. */
function chanceOf(parts: number, total: number, { ingress, report }: Context): Pick<Share, 'parts' | 'of'> {
  const say = (annotation: string, message: string, help: string): void =>
    report({ rule: canaryWeight, message, help, at: annotationRef(ingress, annotation) });
  const of = Math.max(total, LEAST_TOTAL);
  if (of !== total) {
    const message = `canary-weight-total: "${total}" counts as ${LEAST_TOTAL}, the least that the controller takes: the canary gets ${parts} of ${LEAST_TOTAL}`;
    say('canary-weight-total', message, `write canary-weight as a share of ${LEAST_TOTAL}`);
  }
  if (parts > of)
    say(
      'canary-weight',
      `canary-weight: "${parts}" is more than the total of ${of}: the canary gets all requests`,
      `write "${of}", or a larger canary-weight-total`,
    );
  const least = Math.min(parts, of - parts);
  if (least > 0 && least * STEPS < of) {
    const message = `canary-weight: "${parts}" of ${of} is finer than the 0.01 % in which nginx divides requests: it is rounded`;
    say('canary-weight', message, 'use a smaller canary-weight-total');
  }
  return { parts: Math.min(parts, of), of };
}

/** Ingresses that take a share of the requests of others. */
export const canary = defineFamily({
  name: 'canary',
  options: {},
  annotations,
  invalid: { rule: unclearCanary, of: ['canary'], isDropped: () => true },
  read(values, context) {
    const { ingress, report, refused } = context;
    if (!values.canary) {
      const lone = annotationText(ingress, 'canary') === '' ? loneAnnotation(ingress) : undefined;
      if (lone === undefined) return undefined;
      const message = `${lone} is set, but canary is missing: the locations of this Ingress answer 503`;
      const at = annotationRef(ingress, lone);
      report({ rule: unclearCanary, message, help: 'write canary: "true" or "false"', at });
      return closed<Share>('dropped', 'it may be a canary');
    }
    const texts = {
      header: values['canary-by-header'],
      value: values['canary-by-header-value'],
      pattern: values['canary-by-header-pattern'],
      cookie: values['canary-by-cookie'],
    };
    const rules = [...headerRules(texts, context), ...cookieRules(texts)];
    const isIdle = Object.values(texts).every(each => each === '') && annotationText(ingress, 'canary-weight') === '';
    if (isIdle && refused.size === 0)
      reporterOf(context)(
        'canary',
        'the canary gets no requests: it has neither weight nor header nor cookie',
        'write canary-weight, canary-by-header or canary-by-cookie',
      );
    const isSticky = values['affinity-canary-behavior'] === 'sticky';
    return { rules, ...chanceOf(values['canary-weight'], values['canary-weight-total'], context), isSticky };
  },
  gives: { share: asked => asked },
});
