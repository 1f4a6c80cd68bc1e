import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, listOf, text } from '../options/value-type.ts';

/** More than anybody needs, and little enough to be read again and again. */
const LONGEST_SNIPPET = 65_536;

/** Directives as somebody wrote them; whether they can be taken is found later. */
export const snippetText: ValueType<string> = {
  name: 'directives of nginx',
  schema: {},
  parse(value) {
    if (value.length <= LONGEST_SNIPPET) return { ok: true, value };
    return { ok: false, problem: `is longer than ${LONGEST_SNIPPET} characters`, help: 'shorten it' };
  },
};

export const LEVELS = ['Low', 'Medium', 'High', 'Critical'] as const;

export type RiskLevel = (typeof LEVELS)[number];

/**
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go, StringRiskToRisk: what is none of
 * them is the lowest.
 */
const riskLevel: ValueType<RiskLevel> = {
  name: LEVELS.map(word => `\`${word}\``).join(', '),
  schema: { enum: LEVELS },
  parse(text) {
    const value = LEVELS.find(level => level === text);
    if (value !== undefined) return { ok: true, value };
    const problem = 'is no level, so that the controller takes it for Low';
    return { ok: false, problem, help: `write ${LEVELS.map(word => `"${word}"`).join(' or ')}` };
  },
};

/** Texts between commas, of which none is empty. */
const words: ValueType<readonly string[]> = listOf(text(/^[^,]*$/, 'texts without commas'));

/**
 * What the controller refuses of Ingresses.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/config/config.go.
 */
export const admissionOptions = {
  'annotation-value-word-blocklist': {
    type: words,
    default: [],
    example: 'load_module,lua_package',
    summary: 'Texts that no annotation may have anywhere; its Ingress is dropped.',
    becomes: '',
  } satisfies OptionSpec<readonly string[]>,
  'strict-validate-path-type': {
    type: bool,
    default: true,
    example: 'false',
    summary: 'Whether paths of the types `Exact` and `Prefix` may have letters, digits, `-`, `.`, `_` and `/` alone.',
    becomes: '',
  } satisfies OptionSpec<boolean>,
};

/** What decides in the controller whether annotations may hold snippets. */
export const snippetPermission = {
  'allow-snippet-annotations': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether annotations may hold snippets, if `annotations-risk-level` is `Critical`, too.',
    becomes: '',
  } satisfies OptionSpec<boolean>,
  'annotations-risk-level': {
    type: riskLevel,
    default: 'High',
    ifRefused: 'Low',
    example: 'Critical',
    summary: 'The highest risk that annotations may have; snippets are `Critical`.',
    becomes: '',
  } satisfies OptionSpec<RiskLevel>,
};
