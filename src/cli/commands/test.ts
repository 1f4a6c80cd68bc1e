import type { Command } from 'commander';

import { compileWords } from '../compile-words.ts';
import { endWith } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import { addInitFlags, addTestFlags, testFormatOption } from '../test-flags.ts';
import type { TestFlags } from '../test-flags.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx test --init manifests/ -o routes.yaml',
  'ingress2nginx test routes.yaml',
  'helm template shop | ingress2nginx test --input - --format pretty --format junit=tests.xml routes.yaml',
  'ingress2nginx test --live http://127.0.0.1:8080 --live https://127.0.0.1:8443 --insecure routes.yaml',
];

export function declareTest(program: Command): void {
  const command = program
    .command('test')
    .summary('run routing tests: requests and what is expected of them')
    .description(
      'Runs routing tests: YAML files of requests and what is expected to become of them, answered from the manifests without a cluster, or by a running server.',
    )
    .argument('[paths...]', 'files of tests; with --init manifests: files, directories, globs, or - for stdin');
  addInitFlags(addTestFlags(command));
  addCompileFlags(addInputFlags(command)).optionsGroup('Results, on stdout:').addOption(testFormatOption());
  addFindingFlags(command)
    .addOption(timingsOption())
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: TestFlags & TimingsFlags) => {
      if (flags.init === true) {
        const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
        const { initTests } = await import('../test-init.ts');
        return endWith(
          await timed(flags, onStage => initTests(input, { ...flags, compileWords: compileWords(command) }, onStage)),
        );
      }
      if (paths.length === 0) command.error(`error: no files of tests\n${examplesText(EXAMPLES)}`);
      if (flags.output !== undefined || flags.force === true) {
        command.error(`error: ${flags.output === undefined ? '--force' : '--output'} needs --init`);
      }
      if (flags.insecure === true && flags.live === undefined) command.error('error: --insecure needs --live');
      const { runTests } = await import('../test.ts');
      endWith(await timed(flags, onStage => runTests(paths, flags, onStage)));
    });
}
