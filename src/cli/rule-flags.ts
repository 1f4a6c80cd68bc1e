import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from './face.ts';
import { RULES } from './level-flags.ts';
import type { LevelFlags } from './level-flags.ts';
import type { LintReportFlags } from './format-flags.ts';

export interface RuleFlags extends LintReportFlags, LevelFlags {
  readonly listRules?: boolean;
  readonly explain?: string;
}

/** Questions about the rules themselves. */
export function addRuleFlags(command: Command): Command {
  return command
    .optionsGroup(RULES)
    .addOption(
      new Option('--list-rules', 'list all rules, with the severities that other flags give them').conflicts('explain'),
    )
    .option('--explain <rule>', 'print the page of a rule');
}

/** Answers them, if there is one; then nothing is linted. */
export async function answerRules({ listRules: isList, explain, ...flags }: RuleFlags): Promise<boolean> {
  if (isList !== true && explain === undefined) return false;
  const { explainRule, listRules } = await import('./rules.ts');
  endWith(explain === undefined ? await listRules(flags) : explainRule(explain, flags));
  return true;
}
