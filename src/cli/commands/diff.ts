import type { Command } from 'commander';
import { Option } from 'commander';

import { addGates } from '../change-flags.ts';
import type { DiffFlags } from '../diff.ts';
import { endWith } from '../face.ts';
import { addCompileFlags, addInputFlags, colorOption, examplesText } from '../flags.ts';
import { addLevelFlags } from '../level-flags.ts';
import { addKubectlFlags } from '../watch-flags.ts';

const EXAMPLES = [
  'ingress2nginx diff git:main:deploy deploy/',
  'ingress2nginx diff --fail-on removed-route,auth-removed,tls-removed cluster manifests/',
  'helm template shop ./chart | ingress2nginx diff --format markdown git:HEAD:rendered.yaml -',
];

const EXIT_CODES = `
Exit codes of diff:
  0  clients get the same, or nothing that --fail-on names has changed
  1  something changes for clients, or something that --fail-on names
  2  wrong usage, a path or revision that does not exist, a file that cannot be
     read, or errors in the manifests that leave nothing to fail on: the
     comparison is incomplete
  3  environment failure (git, kubectl, disk), or internal error
`;

export function declareDiff(program: Command): void {
  const command = program
    .command('diff')
    .summary('say what changes for clients between two states')
    .description(
      'Compares what clients get, not bytes: hosts and paths that come, go or lead elsewhere, policies and TLS, each change with its risk and its place in both states. A state is a file, a directory, - for stdin, git:REVISION[:PATH] (PATH: this directory), cluster[:CONTEXT], or an output directory of render or apply.',
    )
    .argument('[old]', 'the state before')
    .argument('[new]', 'the state after');
  addLevelFlags(
    addCompileFlags(
      addInputFlags(command).option('--allow-empty', 'compare with nothing where a state holds no manifests'),
    ),
  );
  addKubectlFlags(command, 'Cluster, for the state "cluster":')
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <format>', 'output format').choices(['pretty', 'markdown', 'json']).default('pretty'),
    )
    .option(
      '--fail-on <changes>',
      'names or risks of changes to exit 1 for, with commas between; never for none; repeatable (default: any)',
      addGates,
    )
    .option('--list-changes', 'list the names of all changes with their risks');
  command
    .addOption(colorOption())
    .optionsGroup('Messages, on stderr:')
    .option('--no-notes', 'say nothing of what differs from the controller in a detail')
    .option('--verbose', 'also list skipped Ingresses and the reason')
    .option('--quiet', 'show only errors, no summary')
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', EXIT_CODES + examplesText(EXAMPLES))
    .action(async (old: string | undefined, now: string | undefined, flags: DiffFlags) => {
      if (flags.listChanges === true) {
        const { listChanges } = await import('../list-changes.ts');
        return endWith(listChanges(flags));
      }
      if (old === undefined || now === undefined) {
        return command.error(`error: name two states to compare\n${examplesText(EXAMPLES)}`);
      }
      if (old === '-' && now === '-') return command.error('error: only one of the states can be stdin');
      const { diff } = await import('../diff.ts');
      endWith(await diff({ old, new: now }, flags));
    });
}
