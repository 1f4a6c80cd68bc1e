import { readExpression } from './regex.ts';
import { isRefused, refused } from './refused.ts';
import { readTemplate, shown } from './template.ts';
import { variableOf } from './variables.ts';

import type { Condition, VariablePart } from '../routing/snippets.ts';
import type { Word } from './lexer.ts';
import type { Refused } from './refused.ts';
import type { KnownVariables } from './variables.ts';
import type { Directive } from './parse.ts';

const EQUALS = new Set(['=', '!=']);
const MATCHES = new Set(['~', '~*', '!~', '!~*']);
const HELP = 'write ($variable), or ($variable = text), or ($variable ~ expression)';

/**
 * Reads the condition of an `if`, whose parentheses are parts of its first and last word.
 * Source: nginx 1.28, src/http/modules/ngx_http_rewrite_module.c, ngx_http_rewrite_if_condition.
 */
export function readCondition({ name, args }: Directive, known: KnownVariables): Condition | Refused {
  const words = withoutParentheses(args);
  const [first, operator, value, more] = words ?? [];
  if (first === undefined || more !== undefined) return refused(name, 'the condition of "if" cannot be read', HELP);
  if (/^!?-[fdex]$/.test(first.text)) {
    return refused(first, `"if (${first.text} ...)" looks for files`, 'remove it: there are no files here');
  }
  const variable = readVariable(first, known);
  if (isRefused(variable)) return variable;
  if (operator === undefined) return { kind: 'holds', variable };
  if (value === undefined) return refused(name, 'the condition of "if" cannot be read', HELP);
  const isNegated = operator.text.startsWith('!');
  if (EQUALS.has(operator.text)) {
    const to = readTemplate(value, { known, groups: 'yes', lines: 'none' });
    return isRefused(to) ? to : { kind: 'equals', variable, to, isNegated };
  }
  if (!MATCHES.has(operator.text)) return refused(operator, `there is no comparison ${shown(operator)}`, HELP);
  const expression = readExpression(value);
  if (isRefused(expression)) return expression;
  return { kind: 'matches', variable, regex: expression.regex, isCaseless: operator.text.endsWith('*'), isNegated };
}

/** Undefined where they are not there. */
function withoutParentheses(args: readonly Word[]): readonly Word[] | undefined {
  const [first, ...others] = args;
  if (first === undefined || !first.text.startsWith('(')) return undefined;
  const opened = { text: first.text.slice(1), offset: first.offset + 1 };
  const words = opened.text === '' ? others : [opened, ...others];
  const last = words.at(-1);
  if (last === undefined || !last.text.endsWith(')')) return undefined;
  const closed = { text: last.text.slice(0, -1), offset: last.offset };
  return closed.text === '' ? words.slice(0, -1) : [...words.slice(0, -1), closed];
}

function readVariable(word: Word, known: KnownVariables): VariablePart | Refused {
  const name = /^\$(\w+)$/.exec(word.text)?.[1];
  if (name === undefined) return refused(word, `${shown(word)} is no variable`, HELP);
  if (/^[1-9]$/.test(name)) {
    return refused(word, `${shown(word)} cannot be compared`, `write "set $group ${word.text};" before it`);
  }
  const variable = variableOf(name.toLowerCase(), known);
  return (
    variable ?? refused(word, `there is no variable ${word.text} here`, `set it before with "set ${word.text} ...;"`)
  );
}
