import { problemOfText } from '../routing/text.ts';

/** More than nginx takes as one word. */
const LONGEST = 4000;

/** Directives and actions that reach files, other hosts or programs, in small letters. */
const FORBIDDEN: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\s*secremoterules\b/im, 'SecRemoteRules'],
  [/^\s*secrulescript\b/im, 'SecRuleScript'],
  [/\bexec\s*:/i, 'exec'],
  [/@inspectFile\b/i, '@inspectFile'],
  [/@fuzzyHash\b/i, '@fuzzyHash'],
];
const INCLUDE = /^\s*include(?:optional)?\s+["']?([^\s"']*)/gim;
/** Where the image of the controller has rules. */
const OF_IMAGE = /^\/etc\/nginx\/(?:owasp-modsecurity-crs|modsecurity)\/(?!.*\.\.)[\w./*-]+$/;

/** A backslash at the end of a line: the next one belongs to it. */
const CONTINUED = /\\\r?\n/g;

/** Whether rules turn somebody away, and do not only write down who came. */
export function isGuarding(rules: string): boolean {
  const lines = rules.replaceAll(CONTINUED, ' ');
  return /^\s*secruleengine\s+["']?on\b/im.test(lines) || /^(?!\s*#).*\bctl\s*:\s*ruleengine\s*=\s*on\b/im.test(lines);
}

/** What makes rules refused; undefined for nothing. It continues the sentence `modsecurity-snippet …`. */
export function problemOfRules(rules: string): string | undefined {
  if (rules.length > LONGEST) return `is longer than ${LONGEST} characters`;
  const whole = rules.replaceAll(CONTINUED, '');
  const found = FORBIDDEN.find(([pattern]) => pattern.test(rules) || pattern.test(whole));
  if (found !== undefined) return `has ${found[1]}, which reaches beyond the request`;
  for (const [, path = ''] of `${rules}\n${whole}`.matchAll(INCLUDE)) {
    if (!OF_IMAGE.test(path)) return `includes "${path}", which is no file of the rules that the controller has`;
  }
  for (const line of rules.split('\n')) {
    const problem = problemOfText(line.replaceAll('\t', ' ').replace(/\r$/, ''));
    if (problem !== undefined) return problem;
  }
  return undefined;
}
