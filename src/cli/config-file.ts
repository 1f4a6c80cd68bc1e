import { dirname, relative, resolve } from 'node:path';

import type { Command } from 'commander';
import { CommanderError } from 'commander';

import type { FileSettings, RuleUse } from '../config-file/check.ts';
import { loadConfig } from '../config-file/load.ts';
import type { ConfigProblem } from '../config-file/load.ts';
import { ruleNamed } from '../findings/named-rules.ts';
import { configKeys, keyOf } from './config-keys.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { tell } from './face.ts';
import type { LevelFlags } from './level-flags.ts';
import { parseLevel } from './level-flags.ts';
import { problemWith, settledBy, valueOf } from './option-values.ts';
import { asksForCluster } from './watch-flags.ts';

/** More of them help nobody. */
const MOST_PROBLEMS = 50;

/** Sets what the config file says, and neither the command line nor the environment. Ends the command if it is wrong. */
export function useConfigFile(
  command: Command,
  { file, isNamed }: { readonly file: string; readonly isNamed: boolean },
): void {
  const name = relative('', file) || file;
  const loaded = loadConfig({
    file: name,
    isNamed,
    userId: process.getuid?.(),
    known: { ...configKeys(), problemOfRule },
  });
  if (loaded.kind === 'refused') return refuse(loaded.problems);
  const { values, severities, paths } = loaded;
  setValues(command, values);
  addExcluded(command, values.get('exclude'), name);
  addLevels(command, values.get('disable'), severities);
  usePaths(command, paths);
  const { verbose, format } = command.opts<{ readonly verbose?: boolean; readonly format?: unknown }>();
  if (verbose === true && format !== 'json') tell('note', `config file: ${name}`);
}

function problemOfRule(name: string, use: RuleUse): { readonly message: string; readonly help?: string } | undefined {
  const named = ruleNamed(name);
  if (named.kind === 'rule') {
    const isOn = use === 'named' || named.rule.canBeSuppressed !== false;
    return isOn
      ? undefined
      : { message: `"${name}" cannot be disabled: nobody would hear that something was not read` };
  }
  const { near } = named;
  const help = near === undefined ? '"ingress2nginx lint --list-rules" lists all' : `did you mean "${near}"?`;
  return { message: `there is no rule "${name}"`, help };
}

function refuse(problems: readonly ConfigProblem[]): never {
  for (const { at, message, help } of problems.slice(0, MOST_PROBLEMS)) {
    tell('error', `${at.file}:${at.line}:${at.column}: ${message}${help === undefined ? '' : `; ${help}`}`);
  }
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) tell('error', `${more} more problems in the config file`);
  throw new CommanderError(2, 'ingress2nginx.configFile', 'the config file is not valid');
}

/** These add to what the command line says. */
const ADDING = ['exclude', 'disable'];

function setValues(command: Command, values: FileSettings['values']): void {
  for (const option of command.options) {
    const value = values.get(keyOf(option));
    if (value === undefined || ADDING.includes(keyOf(option)) || settledBy(command, option) !== undefined) continue;
    const texts = typeof value === 'boolean' ? [] : [value].flat();
    // A format that this command does not have is meant for another one.
    if (texts.some(text => problemWith(option, text) !== undefined)) continue;
    const set = typeof value === 'boolean' ? value : valueOf(option, texts);
    command.setOptionValueWithSource(option.attributeName(), set, 'config');
  }
}

/** Before the patterns of the command line, which go before. */
function addExcluded(command: Command, patterns: FileValue, file: string): void {
  if (!isTexts(patterns) || patterns.length === 0) return;
  const { exclude = [] } = command.opts<ExcludeFlags>();
  const base = resolve(dirname(file));
  const all = [...patterns.map(pattern => ({ pattern, base, from: file })), ...exclude];
  command.setOptionValueWithSource('exclude', all, 'config');
}

/** Before those of the command line: of several for a rule the last one counts. */
function addLevels(command: Command, disabled: FileValue, severities: FileSettings['severities']): void {
  const texts = [
    ...(isTexts(disabled) ? disabled.map(rule => `${rule}=off`) : []),
    ...severities.map(({ rule, level }) => `${rule}=${level}`),
  ];
  if (texts.length === 0) return;
  const { disable = [], severity = [] } = command.opts<LevelFlags>();
  const ofCommand = [...disable.map(rule => parseLevel(`${rule}=off`)), ...severity];
  command.setOptionValueWithSource('disable', undefined, 'config');
  command.setOptionValueWithSource('severity', [...texts.map(parseLevel), ...ofCommand], 'config');
}

type FileValue = string | boolean | readonly string[] | undefined;

function isTexts(value: FileValue): value is readonly string[] {
  return typeof value === 'object';
}

/** Where the command line names none, and nothing else that is read or removed. */
function usePaths(command: Command, paths: readonly string[]): void {
  const [named] = command.processedArgs;
  if (paths.length === 0 || !Array.isArray(named) || named.length > 0) return;
  const { remove } = command.opts<{ readonly remove?: boolean }>();
  // What `test` reads are files of tests, unless it is to write some.
  if (command.options.some(option => option.name() === 'init') && command.getOptionValue('init') !== true) return;
  if (remove !== true && !asksForCluster(command)) command.processedArgs[0] = paths;
}
