import type { Command, Option } from 'commander';

import { suggest } from '../diagnostics/suggest.ts';
import { declaredFlags } from './declared.ts';
import { tell } from './face.ts';
import { isRepeatable, problemWith, settledBy, valueOf } from './option-values.ts';
import { ENVIRONMENT_PREFIX, environmentNames } from './setting-sources.ts';

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Sets what the environment says and the command line does not. Ends the command if a value is not taken. */
export function useEnvironment(command: Command, environment: NodeJS.ProcessEnv): void {
  const given = new Map(environmentNames(environment).map(name => [name, environment[name] ?? '']));
  for (const option of command.options) {
    const name = nameOf(option);
    const text = given.get(name) ?? '';
    given.delete(name);
    const settled = text === '' ? option : settledBy(command, option);
    if (settled === undefined) setFrom(command, option, text);
    else if (text !== '') checkRival(command, option, settled);
  }
  noteMisspelt([...given.keys()]);
}

/** What the command line says goes before, and leaves no contradiction. */
function checkRival(command: Command, option: Option, settled: Option): void {
  const name = settled.attributeName();
  if (name === option.attributeName() || command.getOptionValueSource(name) !== 'env') return;
  const names = `${nameOf(settled)} and ${nameOf(option)}`;
  command.error(`error: the environment variables ${names} cannot be used together`, { exitCode: 2 });
}

/** `INGRESS2NGINX_HTTP_PORT` for `--http-port` */
function nameOf(option: Option): string {
  return ENVIRONMENT_PREFIX + option.name().toUpperCase().replaceAll('-', '_');
}

function setFrom(command: Command, option: Option, text: string): void {
  const name = option.attributeName();
  if (option.isBoolean() || option.negate) {
    const word = WORDS.get(text.toLowerCase());
    if (word === undefined) return refuse(command, option, 'Use true or false.');
    command.setOptionValueWithSource(name, word !== option.negate, 'env');
    return;
  }
  const texts = isRepeatable(option)
    ? text
        .split(/[,\n]/)
        .map(part => part.trim())
        .filter(part => part !== '')
    : [text];
  const problem = texts.map(each => problemWith(option, each)).find(each => each !== undefined);
  if (problem === undefined) command.setOptionValueWithSource(name, valueOf(option, texts), 'env');
  else if (!isTakenElsewhere(option, texts)) refuse(command, option, problem);
}

function refuse(command: Command, option: Option, problem: string): void {
  command.error(`error: the environment variable ${nameOf(option)} is invalid: ${problem}`, { exitCode: 2 });
}

/** Another command may have more to choose from, as with --format: then the variable is meant for that. */
function isTakenElsewhere(option: Option, texts: readonly string[]): boolean {
  const declared = declaredFlags().get(option.name()) ?? [];
  return declared.some(other => texts.every(text => problemWith(other.option, text) === undefined));
}

/** What Kubernetes sets in every pod beside a Service of our name. */
const OF_KUBERNETES = /^(?:SERVICE_HOST|(?:SERVICE_)?PORT)(?:_|$)/;

/** Names that nobody knows may be somebody's own; what is nearly the name of a flag is a mistake. */
function noteMisspelt(names: readonly string[]): void {
  if (names.length === 0) return;
  const known = [...declaredFlags().values()]
    .flatMap(declared => declared.slice(0, 1))
    .map(({ option }) => nameOf(option));
  for (const name of names.filter(each => !known.includes(each))) {
    const near = suggest(bare(name), known.map(bare));
    if (near === undefined || OF_KUBERNETES.test(bare(name))) continue;
    tell('note', `the environment variable ${name} is not known; did you mean ${ENVIRONMENT_PREFIX}${near}?`);
  }
}

function bare(name: string): string {
  return name.slice(ENVIRONMENT_PREFIX.length);
}
