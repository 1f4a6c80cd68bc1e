import { fileURLToPath } from 'node:url';

import { Command, CommanderError } from 'commander';

import packageFile from '../../package.json' with { type: 'json' };
import { declareAnnotations } from './commands/annotations.ts';
import { declareApply } from './commands/apply.ts';
import { declareHosts } from './commands/hosts.ts';
import { declareOptions } from './commands/options.ts';
import { declareReleases } from './commands/releases.ts';
import { declareRender } from './commands/render.ts';
import { declareRollback } from './commands/rollback.ts';
import { declareRoutes } from './commands/routes.ts';
import { declareStart } from './commands/start.ts';
import { declareStatus } from './commands/status.ts';
import { declareStop } from './commands/stop.ts';
import { endWith, setStderrForm, tellBug, tellUsage, watchStreams } from './face.ts';
import { EXIT_CODES_TEXT } from './flags.ts';
import type { StderrForm } from './stderr-form.ts';
import { stderrFormOf } from './stderr-form.ts';

/** What is built lies in dist/, beside the docs. */
const RULES_FILE = fileURLToPath(new URL('../docs/rules.md', import.meta.url));

/** @param words The words of the command line, without node and program. */
export async function main(words: readonly string[]): Promise<void> {
  watchStreams();
  const form = stderrFormOf(words);
  setStderrForm(form);
  try {
    await createProgram(form).parseAsync(words, { from: 'user' });
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

/** The whole command line; nothing of it runs yet. */
export function createProgram(form: StderrForm): Command {
  const program = new Command('ingress2nginx')
    .description(packageFile.description)
    .version(packageFile.version)
    .helpCommand(false)
    .showHelpAfterError(form === 'text' ? '(see --help)' : false)
    .configureOutput({ outputError: tellUsage })
    .exitOverride()
    .addHelpText('afterAll', EXIT_CODES_TEXT)
    .addHelpText('after', `\nFindings:\n  each id is explained in ${RULES_FILE}\n`);
  declareRender(program);
  declareApply(program);
  declareStatus(program);
  declareReleases(program);
  declareRollback(program);
  declareStop(program);
  declareStart(program);
  declareRoutes(program);
  declareHosts(program);
  declareAnnotations(program);
  declareOptions(program);
  return program;
}
