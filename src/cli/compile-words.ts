import type { Command } from 'commander';

import { shellPath } from '../diagnostics/shell-word.ts';
import { isList, isRecord, isText } from '../json/value.ts';
import { addCompileFlags } from './flags.ts';

/** The flags about compiling that a command was given, as words of a shell: what the config file says counts anyway. */
export function compileWords(command: Command): readonly string[] {
  const names = new Set(addCompileFlags(command.createCommand()).options.map(option => option.attributeName()));
  const given = command.options.filter(option => {
    const source = command.getOptionValueSource(option.attributeName());
    return names.has(option.attributeName()) && (source === 'cli' || source === 'env');
  });
  return given.flatMap(option => {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (value === true || value === false) return value === option.negate ? [] : [option.long ?? ''];
    const texts = (isList(value) ? value : [value]).map(textOf);
    return texts.flatMap(text => (text === undefined ? [] : [`${option.long ?? ''} ${shellPath(text)}`]));
  });
}

/** A module is what it was named by. */
function textOf(value: unknown): string | undefined {
  if (isText(value)) return value;
  if (typeof value === 'number') return String(value);
  return isRecord(value) ? (textOf(value['file']) ?? textOf(value['name'])) : undefined;
}
