import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Chalk } from 'chalk';

import { messageOf } from '../diagnostics/failure.ts';
import { levelOfRule } from '../findings/levels.ts';
import { allRules, ruleNamed } from '../findings/named-rules.ts';
import type { TextLayout } from '../report/names-text.ts';
import { pageText } from '../report/page-text.ts';
import { rulePath } from '../report/rule-page.ts';
import { rulesJson, rulesTable } from '../report/rules-text.ts';
import type { LevelOf } from '../report/rules-text.ts';
import type { ColourChoice, ExitCode } from './face.ts';
import { isColoured, print, tell, wrapColumns } from './face.ts';
import { levelsOf } from './level-flags.ts';
import type { RuleFlags } from './rule-flags.ts';
import { unknownRuleText } from './unknown-rule.ts';

/** Prints all rules, as a table or as JSON, each with the severity that the flags give it. */
export async function listRules(flags: RuleFlags): Promise<ExitCode> {
  const { format = [], color } = flags;
  const [target, ...others] = format;
  const name = target?.format ?? 'pretty';
  if ((name !== 'pretty' && name !== 'json') || target?.file !== undefined || others.length > 0) {
    tell('error', '--list-rules writes pretty or json, to stdout');
    return 2;
  }
  const levels = await levelsOf(flags);
  if (levels === undefined) return 2;
  const levelOf: LevelOf = rule => levelOfRule(rule, { ...levels, areForLint: true });
  print(name === 'json' ? rulesJson(allRules(), levelOf) : rulesTable(allRules(), levelOf, layoutOf(color)));
  return 0;
}

/**
 * Prints the page of a rule: as it is, or laid out for a terminal. The pages are those of the documentation, which lies
 * beside the program.
 */
export function explainRule(wanted: string, { color }: RuleFlags): ExitCode {
  const named = ruleNamed(wanted);
  if (named.kind === 'unknown') {
    tell('error', unknownRuleText(named));
    return 2;
  }
  const file = fileURLToPath(new URL(`../${rulePath(named.rule.name)}`, import.meta.url));
  try {
    const page = readFileSync(file, 'utf8');
    print(wrapColumns('stdout') === undefined ? page : pageText(page, layoutOf(color)));
    return 0;
  } catch (error) {
    tell('trouble', `the page of ${named.rule.name} cannot be read: ${messageOf(error)}`);
    return 3;
  }
}

function layoutOf(color: ColourChoice): TextLayout {
  return { style: new Chalk({ level: isColoured('stdout', color) ? 1 : 0 }), columns: wrapColumns('stdout') };
}
