import { fileURLToPath } from 'node:url';

import { Command, CommanderError } from 'commander';

import packageFile from '../../package.json' with { type: 'json' };
import { endWith, setStderrForm, tellBug, tellUsage, watchStreams } from './face.ts';
import { EXIT_CODES_TEXT } from './flags.ts';
import { completeSettings } from './setting-sources.ts';
import type { StderrForm } from './stderr-form.ts';
import { stderrFormOf } from './stderr-form.ts';

/** Adds a command to a program. */
export type Declare = (program: Command) => void;

/** What is built lies in dist/, beside the docs. */
const RULES_FILE = fileURLToPath(new URL('../docs/rules.md', import.meta.url));
const SETTINGS_FILE = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));

/** Where flags come from that nobody types. */
const SETTINGS_TEXT = `
Settings:
  every flag can be set as a variable, such as INGRESS2NGINX_HTTP_PORT=8080,
  and most in .ingress2nginx.yaml: ${SETTINGS_FILE}`;

/**
 * Runs a command line.
 * @param words Without node and program.
 */
export async function runProgram(words: readonly string[], commands: readonly Declare[]): Promise<void> {
  watchStreams();
  const form = stderrFormOf(words);
  setStderrForm(form);
  try {
    await createProgram(form, commands).parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said what is wrong; help and version come here as well. Its own errors of usage are 1.
      endWith(error.exitCode === 0 || error.exitCode === 3 ? error.exitCode : 2);
      return;
    }
    tellBug(error);
    endWith(3);
  }
}

/** A program with these commands; nothing of it runs yet. */
export function createProgram(form: StderrForm, commands: readonly Declare[]): Command {
  const program = new Command('ingress2nginx')
    .description(packageFile.description)
    .version(packageFile.version)
    .helpCommand(false)
    .showHelpAfterError(form === 'text' ? '(see --help)' : false)
    .configureOutput({ outputError: tellUsage })
    .exitOverride()
    .hook('preAction', (_, action) => completeSettings(action))
    .addHelpText('afterAll', EXIT_CODES_TEXT)
    .addHelpText('after', SETTINGS_TEXT)
    .addHelpText(
      'after',
      `\nFindings:\n  "ingress2nginx lint --explain ID" explains each id; all of them are in\n  ${RULES_FILE}\n`,
    );
  for (const declare of commands) declare(program);
  return program;
}
