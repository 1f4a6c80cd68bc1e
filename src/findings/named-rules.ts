import { isNamed } from '../diagnostics/rule.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { rules } from '../lint/rules.ts';

export type NamedRule = { readonly kind: 'rule'; readonly rule: Rule } | UnknownRule;

/** A name that no rule has. */
export interface UnknownRule {
  readonly kind: 'unknown';
  readonly name: string;
  /** What was probably meant. */
  readonly near?: string;
}

/** Every rule of every stage, by id. */
export function allRules(): readonly Rule[] {
  return rules;
}

/** The rule with this id or name; capitals do not count. */
export function ruleNamed(name: string): NamedRule {
  const wanted = name.toLowerCase();
  const rule = rules.find(each => isNamed(each, name));
  if (rule !== undefined) return { kind: 'rule', rule };
  const near = /^i2n\d*$/.test(wanted)
    ? undefined
    : suggest(
        wanted,
        rules.map(each => each.name),
      );
  return { kind: 'unknown', name, ...(near === undefined ? {} : { near }) };
}
