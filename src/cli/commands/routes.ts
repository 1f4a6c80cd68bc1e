import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { endWith } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import type { RoutesFlags } from '../routes.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx routes manifests/',
  'kubectl get ing,svc,endpointslices,secret,ingressclass -A -o yaml | ingress2nginx routes --host app.example.com',
  'ingress2nginx routes --policy basicAuth --policy externalAuth --format wide manifests/',
  "ingress2nginx routes --format json manifests/ | jq -r '.routes[].host' | sort -u",
];

const DESCRIPTION =
  'Lists all hosts and paths of the manifests, with backend, endpoints (ready/all), TLS, policies and Ingress. ' +
  'A route is listed if it fits each of the filters that are given. Exits with 1 if none does.';

export function declareRoutes(program: Command): void {
  const command = program
    .command('routes')
    .summary('list all hosts and paths with their backends')
    .description(DESCRIPTION)
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addFilterFlags(addCompileFlags(addInputFlags(command)))
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <format>', 'output format; wide, csv and json have all columns')
        .choices(['table', 'wide', 'json', 'csv', 'markdown'])
        .default('table'),
    )
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

function addFilterFlags(command: Command): Command {
  return command
    .optionsGroup('Filters:')
    .addOption(
      filter(
        '--host <name>',
        'routes of this host, and those that it reaches by a wildcard or the default; repeatable',
      ),
    )
    .addOption(filter('--namespace <name>', 'routes of Ingresses in this namespace; repeatable'))
    .addOption(
      filter(
        '--service <name>',
        'routes to this Service: NAME or NAMESPACE/NAME, with or without :PORT (its number or its name); repeatable',
      ),
    )
    .addOption(filter('--policy <name>', 'routes with this policy, such as basicAuth; repeatable'));
}

function filter(flags: string, description: string): Option {
  return new Option(flags, description).argParser(addText).default([], 'all');
}

function addText(text: string, earlier: readonly string[]): readonly string[] {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...earlier, text];
}
