import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import { addCompileFlags, addInputFlags, addReportFlags, examplesText, parseVersion } from '../flags.ts';
import { inputFrom, isFile } from '../input-flags.ts';
import type { RenderFlags } from '../render.ts';
import { parsePath } from '../settings.ts';
import { addWatchFlags, checkWatchFlags } from '../watch-flags.ts';
import type { WatchFlags } from '../watch-flags.ts';

const EXAMPLES = [
  'kubectl get ing,svc,ep,endpointslices,secret,cm,ingressclass -A -o yaml | ingress2nginx render -o out',
  'ingress2nginx render -o out --http-port 8080 --https-port 8443 --test manifests/',
  'helm template shop | ingress2nginx render --backend-address dns --nginx-version 1.26.3 -',
  'ingress2nginx render --watch -o out manifests/',
];

export function declareRender(program: Command): void {
  const command = program
    .command('render')
    .summary('turn Ingress manifests into an nginx configuration')
    .description('Turns Ingress manifests into an nginx configuration that serves them.')
    .argument('[paths...]', 'files, folders (every .yaml, .yml and .json in them), patterns, or - for stdin');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .option(
      '-o, --output <folder>',
      'write nginx.conf, auth/ and certs/ there; without it nginx.conf goes to stdout',
      parsePath,
    )
    .addOption(
      new Option('--on-error <reaction>', 'with errors: write nothing, or serve what is right')
        .choices(['fail', 'isolate'])
        .default('fail'),
    )
    .option(
      '--nginx-version <x.y.z>',
      'write the syntax of that version instead of what all since 1.22 load',
      parseVersion,
    )
    .option('--test', 'let nginx test the configuration; nothing is written that it refuses')
    .option('--nginx <path>', 'the nginx that tests');
  addReportFlags(addWatchFlags(command))
    .optionsGroup('Others:')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: RenderFlags & WatchFlags) => {
      checkWatchFlags(command, paths);
      if (flags.output !== undefined && isFile(flags.output)) {
        command.error(`error: ${JSON.stringify(flags.output)} is not a folder: --output names one`);
      }
      if (flags.watch === true) {
        const { output } = flags;
        if (output === undefined) return command.error('error: --watch needs --output: what changes is written there');
        const { watchRender } = await import('../watch-render.ts');
        endWith(await watchRender(paths, { ...flags, output }));
        return;
      }
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { render } = await import('../render.ts');
      endWith(await render(input, flags));
    });
}
