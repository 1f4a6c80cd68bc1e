import type { Command } from 'commander';

import { addClockFlags } from '../clock-flags.ts';
import { addGitignoreFlag } from '../exclude-flags.ts';
import { endWith } from '../face.ts';
import { addFixFlags } from '../fix-flags.ts';
import { addCompileFlags, addInputFlags, examplesText, parseVersion } from '../flags.ts';
import { addLintReportFlags } from '../format-flags.ts';
import { lintInput } from '../input-flags.ts';
import { addLevelFlags } from '../level-flags.ts';
import type { LintFlags } from '../lint.ts';
import { addLintWatchFlag, checkLintWatch } from '../lint-watch-flags.ts';
import type { LintWatchFlags } from '../lint-watch-flags.ts';
import { addReportChoiceFlags } from '../report-choice-flags.ts';
import { addRuleFlags, answerRules } from '../rule-flags.ts';
import type { RuleFlags } from '../rule-flags.ts';
import { addVersionFlags } from '../version-flags.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx lint manifests/',
  'helm template shop | ingress2nginx lint -',
  'ingress2nginx lint --format pretty --format sarif=lint.sarif manifests/',
  'ingress2nginx lint --fix-dry-run manifests/ | git apply',
  'ingress2nginx lint --explain missing-group',
];

export function declareLint(program: Command): void {
  const command = program
    .command('lint')
    .summary('say what the API server, the controller and nginx would object to')
    .description(
      'Checks Ingress manifests and prints what the API server, the controller and nginx would object to. Writes nothing without --fix.',
    )
    .argument(
      '[paths...]',
      'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin (default: stdin if something is piped in, else this directory)',
    );
  addVersionFlags(command);
  addClockFlags(addCompileFlags(addLevelFlags(addGitignoreFlag(addInputFlags(command)))));
  addReportChoiceFlags(addRuleFlags(command));
  command
    .optionsGroup('What nginx says:')
    .option('--nginx-test', 'also test what is made of the manifests with "nginx -t", in a temporary folder')
    .option('--nginx <path>', 'nginx binary used for --nginx-test')
    .option(
      '--nginx-version <x.y.z>',
      'nginx version that it is made for (default: what 1.22 and later load)',
      parseVersion,
    );
  addFixFlags(command);
  addLintReportFlags(addLintWatchFlag(command))
    .addOption(timingsOption())
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: LintFlags & LintWatchFlags & RuleFlags & TimingsFlags) => {
      if (await answerRules(flags)) return;
      if (flags.watch === true) {
        checkLintWatch(command, paths);
        const { lintWatching } = await import('../watch-lint.ts');
        return endWith(await lintWatching(paths, flags));
      }
      const { lint } = await import('../lint.ts');
      endWith(await timed(flags, async onStage => lint(await lintInput(paths, flags), flags, onStage)));
    });
}
