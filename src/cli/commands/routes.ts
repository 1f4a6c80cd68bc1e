import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import type { RoutesFlags } from '../routes.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx routes manifests/',
  'kubectl get ing,svc,endpointslices,secret,ingressclass -A -o yaml | ingress2nginx routes',
  "ingress2nginx routes --format json manifests/ | jq -r '.routes[].host' | sort -u",
];

export function declareRoutes(program: Command): void {
  const command = program
    .command('routes')
    .summary('list all hosts and paths with their backends')
    .description('Lists all hosts and paths of the manifests, with backend, TLS, policies and Ingress.')
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .addOption(timingsOption());
  addFindingFlags(command.optionsGroup('Messages, on stderr:'))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: RoutesFlags & TimingsFlags) => {
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { routes } = await import('../routes.ts');
      endWith(await timed(flags, onStage => routes(input, flags, onStage)));
    });
}
