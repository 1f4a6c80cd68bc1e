import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

import { USUAL_LEVELS } from '../findings/levels.ts';
import type { Level, Levels } from '../findings/levels.ts';
import type { UnknownRule } from '../findings/named-rules.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { tell } from './face.ts';
import { unknownRuleText } from './unknown-rule.ts';

/** What a command line makes of rules; names and ids as they were written. */
export interface LevelFlags {
  readonly disable?: readonly string[];
  readonly only?: readonly string[];
  readonly severity?: readonly NamedLevel[];
}

interface NamedLevel {
  readonly rule: string;
  readonly level: Level;
}

/** The heading of flags that name rules. */
export const RULES = 'Rules, by id or name:';

const LEVELS: ReadonlyMap<string, Level> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['note', 'info'],
  ['info', 'info'],
  ['off', 'off'],
]);

export function addLevelFlags(command: Command): Command {
  return command
    .optionsGroup(RULES)
    .option('--disable <rules>', 'rules that say nothing, with commas between; repeatable', addNames)
    .option('--only <rules>', 'the only rules to report, with commas between; repeatable', addNames)
    .option(
      '--severity <rule=severity>',
      'severity of a rule: error, warning, note or off; repeatable',
      (text, earlier: readonly NamedLevel[] | undefined) => [...(earlier ?? []), parseLevel(text)],
    );
}

function addNames(text: string, earlier: readonly string[] | undefined): readonly string[] {
  const names = text.split(',').map(name => name.trim());
  return [...(earlier ?? []), ...names.filter(name => name !== '')];
}

/** `I2N225=error` */
export function parseLevel(text: string): NamedLevel {
  const [, rule = '', name = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  const level = LEVELS.get(name.trim());
  if (level === undefined) {
    throw new InvalidArgumentError(
      'Use RULE=SEVERITY, such as I2N221=error; severities are error, warning, note, off.',
    );
  }
  return { rule: rule.trim(), level };
}

/** Undefined where a rule is named that does not exist, which has been said. Later flags go before earlier ones. */
export async function levelsOf({ disable = [], only, severity = [] }: LevelFlags): Promise<Levels | undefined> {
  const wanted = [...disable.map(rule => ({ rule, level: 'off' as const })), ...severity];
  if (wanted.length === 0 && only === undefined) return USUAL_LEVELS;
  // The list of all rules is loaded only where somebody names one.
  const { ruleNamed } = await import('../findings/named-rules.ts');
  const unknown: UnknownRule[] = [];
  const always: Rule[] = [];
  const idOf = (name: string, level?: Level): string => {
    const named = ruleNamed(name);
    if (named.kind === 'rule' && level === 'off' && named.rule.canBeSuppressed === false) always.push(named.rule);
    if (named.kind === 'rule') return named.rule.id;
    unknown.push(named);
    return '';
  };
  const byRule = new Map(wanted.map(({ rule, level }) => [idOf(rule, level), level]));
  const chosen = only === undefined ? {} : { only: new Set(only.map(name => idOf(name))) };
  for (const named of unknown) tell('error', unknownRuleText(named));
  for (const { id, name } of always) {
    tell('error', `${id} ${name} cannot be disabled: nobody would hear that something was not read or not done`);
  }
  return unknown.length + always.length > 0 ? undefined : { byRule, ...chosen };
}
