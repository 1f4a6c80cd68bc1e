import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import { addFindingFlags, addInputFlags, addNameFlags, examplesText } from '../flags.ts';
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
    .summary('print /etc/hosts lines for every host, or keep them in the file')
    .description(
      'Prints a line of /etc/hosts for every host of the manifests. Without --address a host gets the address that the ' +
        'status of its Ingress names, else the one that `minikube ip` says, else 127.0.0.1.',
    )
    .argument('[paths...]', 'files, folders (every .yaml, .yml and .json in them), patterns, or - for stdin');
  addNameFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .option('--address <ip>', 'address of all hosts', parseAddress)
    .addOption(new Option('--write', 'keep the lines in the hosts file, between two marks').conflicts('remove'))
    .addOption(new Option('--remove', 'take them out again; no manifests are read').conflicts('address'))
    .option('--hosts-file <path>', 'another file than /etc/hosts')
    .addOption(
      new Option('--on-error <reaction>', 'with errors: write nothing, or the hosts of what is right')
        .choices(['fail', 'isolate'])
        .default('fail'),
    )
    .addOption(new Option('--format <form>', 'form of the list').choices(['text', 'json']).default('text'));
  addFindingFlags(command.optionsGroup('Messages, on stderr:'))
    .optionsGroup('Others:')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: HostsFlags) => {
      if (flags.hostsFile !== undefined && flags.write !== true && flags.remove !== true) {
        command.error('error: --hosts-file names the file for --write or --remove');
      }
      if (flags.remove === true) {
        if (paths.length > 0) command.error('error: --remove takes no manifests: it takes the whole block out');
        const { removeHosts } = await import('../hosts.ts');
        endWith(await removeHosts(flags));
        return;
      }
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { hosts } = await import('../hosts.ts');
      endWith(await hosts(input, flags));
    });
}
