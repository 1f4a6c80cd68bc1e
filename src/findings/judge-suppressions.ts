import type { Finding } from '../diagnostics/diagnostic.ts';
import { fileOf, objectText } from '../diagnostics/place.ts';
import { isError } from '../diagnostics/severities.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import { IGNORE_ANNOTATION } from '../manifests/document.ts';
import type { ChosenFindings } from './choose.ts';
import type { Levels } from './levels.ts';
import { saysNothing } from './levels.ts';
import type { UnknownRule } from './named-rules.ts';
import { ruleNamed } from './named-rules.ts';
import {
  forbiddenSuppression,
  invalidSuppression,
  unknownSuppressedRule,
  unusedSuppression,
} from './rules/suppressions.ts';
import { DASH, DIRECTIVES } from './suppression-text.ts';
import type { Suppression } from './suppressions.ts';

/**
 * What is wrong with the suppressions of an input themselves, after all else has been reported. Only `lint` says it: it
 * alone runs all rules.
 */
export function judgeSuppressions(chosen: ChosenFindings): readonly Finding[] {
  const { suppressions } = chosen;
  if (suppressions === undefined) return [];
  const surroundings = {
    levels: chosen.levels,
    used: rulesBySuppression(chosen),
    unsure: filesWithErrors(chosen),
    foundAt: (suppression: Suppression) => chosen.diagnostics.filter(found => suppressions.covers(suppression, found)),
  };
  return [
    ...suppressions.unknown.map(({ word, at }) => unknownWord(word, at)),
    ...suppressions.all.flatMap(suppression => judge(suppression, surroundings)),
  ];
}

interface Surroundings {
  readonly levels: Levels;
  /** The rules of which each of them suppresses a finding. */
  readonly used: ReadonlyMap<Suppression, ReadonlySet<Rule>>;
  readonly unsure: ReadonlySet<string>;
  /** What is found where one of them holds. */
  readonly foundAt: (suppression: Suppression) => readonly Finding[];
}

function rulesBySuppression({ suppressed }: ChosenFindings): Surroundings['used'] {
  const used = new Map<Suppression, Set<Rule>>();
  for (const { by, found } of suppressed) used.set(by, (used.get(by) ?? new Set<Rule>()).add(found.rule));
  return used;
}

/** What is an error keeps later stages from looking at all of its file. */
function filesWithErrors({ diagnostics }: ChosenFindings): ReadonlySet<string> {
  const places = diagnostics.filter(isError).flatMap(({ at }) => at ?? []);
  return new Set(places.map(fileOf));
}

function unknownWord(word: string, at: Finding['at']): Finding {
  const isAnnotation = word.includes('/');
  const near = isAnnotation ? IGNORE_ANNOTATION : suggest(word, DIRECTIVES);
  return {
    rule: invalidSuppression,
    message: `"${word}" is not ${isAnnotation ? 'an annotation' : 'a comment'} that suppresses findings, so it is ignored`,
    help: near === undefined ? `write one of ${listed(DIRECTIVES)}` : `write "${near}"`,
    ...(at === undefined ? {} : { at }),
  };
}

/** What to type where a suppression names no rule. */
function helpForNone(found: readonly Finding[]): string {
  const ids = [...new Set(found.map(({ rule }) => rule.id))];
  return `name the rules that it is for${ids.length === 0 ? ', such as I2N304' : `: ${listed(ids)}`}`;
}

/** A name that no rule has. */
function unknownName({ rules, at, word }: Suppression, { name, near }: UnknownRule): Finding {
  const isAlone = rules.every(each => ruleNamed(each).kind === 'unknown');
  const message = `"${word}" names ${JSON.stringify(name)}, which is no rule, so ${isAlone ? 'nothing is suppressed' : 'this name is ignored'}`;
  const help = near === undefined ? 'see "ingress2nginx lint --list-rules"' : `write "${near}"`;
  return { rule: unknownSuppressedRule, message, help: name === DASH ? 'write "--" before a reason' : help, at };
}

function judge(suppression: Suppression, surroundings: Surroundings): readonly Finding[] {
  const { rules, at, word } = suppression;
  if (rules.length === 0) {
    const message = `"${word}" names no rule, so it is ignored`;
    return [{ rule: invalidSuppression, message, help: helpForNone(surroundings.foundAt(suppression)), at }];
  }
  const unused: string[] = [];
  const found: Finding[] = [];
  for (const name of rules) {
    const judged = judgeName(name, suppression, surroundings);
    if (judged === 'unused') unused.push(name);
    else if (judged !== undefined) found.push(judged);
  }
  return unused.length === 0 ? found : [...found, unusedFinding(suppression, unused)];
}

function judgeName(
  name: string,
  suppression: Suppression,
  { levels, used, unsure }: Surroundings,
): Finding | 'unused' | undefined {
  const { at, scope, word } = suppression;
  const named = ruleNamed(name);
  if (named.kind === 'unknown') return unknownName(suppression, named);
  const { rule } = named;
  if (rule.canBeSuppressed === false) {
    const message = `"${word}" names ${rule.id} ${rule.name}, which cannot be suppressed`;
    return { rule: forbiddenSuppression, message, help: `remove ${name} from it`, at };
  }
  const isConditional = rule.isConditional === true || rule === unusedSuppression;
  const isUnknown = isConditional || unsure.has(scope.file) || saysNothing(rule, levels);
  return isUnknown || used.get(suppression)?.has(rule) === true ? undefined : 'unused';
}

function unusedFinding(suppression: Suppression, unused: readonly string[]): Finding {
  const { rules, at, word } = suppression;
  const named = listed(unused, unused.length);
  const rest = unused.length === rules.length ? whole(word) : `remove ${named} from it`;
  return {
    rule: unusedSuppression,
    message: `"${word}" suppresses nothing of ${named}: ${whereText(suppression)} has no such finding`,
    help: rest,
    at,
  };
}

function whole(word: string): string {
  return word === IGNORE_ANNOTATION ? 'remove the annotation' : 'remove the comment';
}

function whereText({ scope }: Suppression): string {
  switch (scope.kind) {
    case 'line':
      return scope.line === undefined ? 'the end of the file' : `line ${scope.line}`;
    case 'file':
      return scope.template === undefined ? 'the file' : `the template ${scope.template}`;
    case 'object':
      return scope.object === undefined ? 'the object' : objectText(scope.object);
  }
}
