import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith } from '../face.ts';
import { examplesText } from '../flags.ts';
import type { ReleasesFlags } from '../releases.ts';
import { addPlaceFlags } from '../serving-flags.ts';

const EXAMPLES = [
  'ingress2nginx releases',
  'ingress2nginx releases --state-dir /srv/ingress2nginx',
  "ingress2nginx releases --format json | jq -r '.releases[].id'",
];

export function declareReleases(program: Command): void {
  const command = program
    .command('releases')
    .summary('list the releases that rollback can return to')
    .description('Lists the releases, newest first. Exits with 1 when there is none.');
  addPlaceFlags(command)
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (flags: ReleasesFlags) => {
      const { releases } = await import('../releases.ts');
      endWith(await releases(flags));
    });
}
