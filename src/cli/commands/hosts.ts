import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import {
  addFindingFlags,
  addInputFlags,
  addNameFlags,
  allowEmptyOption,
  examplesText,
  onErrorOption,
} from '../flags.ts';
import type { HostsFlags } from '../hosts.ts';
import { inputFrom } from '../input-flags.ts';
import { parseAddress } from '../settings.ts';

const EXAMPLES = [
  'kubectl get ing -A -o yaml | ingress2nginx hosts',
  'kubectl get ing -A -o yaml | sudo ingress2nginx hosts --write',
  'sudo ingress2nginx hosts --address 127.0.0.1 --write manifests/',
  'sudo ingress2nginx hosts --remove',
];

export function declareHosts(program: Command): void {
  const command = program
    .command('hosts')
    .summary('print /etc/hosts entries for all hosts, or write them')
    .description(
      'Prints an /etc/hosts entry for each host of the manifests. Without --address a host gets the address in the ' +
        'status of its Ingress, else the output of `minikube ip`, else 127.0.0.1.',
    )
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addNameFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .option('--address <ip>', 'address for all hosts', parseAddress)
    .addOption(new Option('--write', 'write the entries to the hosts file, as a marked block').conflicts('remove'))
    .addOption(new Option('--remove', 'remove the block from the hosts file').conflicts('address'))
    .option('--hosts-file <path>', 'hosts file to write (default: /etc/hosts)')
    .addOption(onErrorOption('write nothing'))
    .addOption(allowEmptyOption())
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'));
  addFindingFlags(command.optionsGroup('Messages, on stderr:'))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: HostsFlags) => {
      if (command.getOptionValueSource('hostsFile') === 'cli' && flags.write !== true && flags.remove !== true) {
        command.error('error: --hosts-file needs --write or --remove');
      }
      if (flags.remove === true) {
        if (paths.length > 0) command.error('error: --remove takes no manifests: it removes the whole block');
        const { removeHosts } = await import('../hosts.ts');
        endWith(await removeHosts(flags));
        return;
      }
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { hosts } = await import('../hosts.ts');
      endWith(await hosts(input, flags));
    });
}
