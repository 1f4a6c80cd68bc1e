import { Option } from 'commander';
import type { Command } from 'commander';

import { endWith } from '../face.ts';
import {
  addCompileFlags,
  addInputFlags,
  addReportFlags,
  allowEmptyOption,
  examplesText,
  onErrorOption,
  parseVersion,
} from '../flags.ts';
import { inputFrom, isFile } from '../input-flags.ts';
import type { RenderFlags } from '../render.ts';
import { parsePath } from '../settings.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';
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
    .summary('compile Ingress manifests into an nginx configuration')
    .description('Compiles Ingress manifests into an nginx configuration.')
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .option(
      '-o, --output <folder>',
      'folder for nginx.conf, auth/ and certs/ (default: nginx.conf to stdout)',
      parsePath,
    )
    .addOption(onErrorOption('write nothing'))
    .addOption(allowEmptyOption())
    .option('--nginx-version <x.y.z>', 'target nginx version (default: output that 1.22 and later load)', parseVersion)
    .option('--test', 'test the result with "nginx -t" before it is written')
    .option('--nginx <path>', 'nginx binary used for --test')
    .addOption(new Option('--print <part>', 'the routing as JSON to stdout').choices(['routing']).hideHelp())
    .addOption(timingsOption());
  addReportFlags(addWatchFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: RenderFlags & WatchFlags & TimingsFlags) => {
      checkWatchFlags(command, paths);
      if (flags.output !== undefined && isFile(flags.output)) {
        command.error(`error: --output: ${JSON.stringify(flags.output)} is not a folder`);
      }
      if (flags.watch === true) {
        const { output } = flags;
        if (output === undefined) return command.error('error: --watch needs --output, the folder to write to');
        const { watchRender } = await import('../watch-render.ts');
        endWith(await watchRender(paths, { ...flags, output }));
        return;
      }
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { render } = await import('../render.ts');
      endWith(await timed(flags, onStage => render(input, flags, onStage)));
    });
}
