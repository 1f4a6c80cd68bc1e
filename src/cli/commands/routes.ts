import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import type { RoutesFlags } from '../routes.ts';

const EXAMPLES = [
  'ingress2nginx routes manifests/',
  'kubectl get ing,svc,endpointslices,secret,ingressclass -A -o yaml | ingress2nginx routes',
  "ingress2nginx routes --format json manifests/ | jq -r '.routes[].host' | sort -u",
];

export function declareRoutes(program: Command): void {
  const command = program
    .command('routes')
    .summary('list every host and path, and where it leads')
    .description('Lists every host and path of the manifests, where it leads, and the Ingress that asked for it.')
    .argument('[paths...]', 'files, folders (every .yaml, .yml and .json in them), patterns, or - for stdin');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .addOption(new Option('--format <form>', 'form of the list').choices(['table', 'json']).default('table'));
  addFindingFlags(command.optionsGroup('Messages, on stderr:'))
    .optionsGroup('Others:')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: RoutesFlags) => {
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { routes } = await import('../routes.ts');
      endWith(await routes(input, flags));
    });
}
