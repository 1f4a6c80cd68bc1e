import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { examplesText } from '../flags.ts';
import { addPlaceFlags, addResultFormat } from '../serving-flags.ts';
import type { StatusFlags } from '../status.ts';

const EXAMPLES = [
  'ingress2nginx status',
  'ingress2nginx status --state-dir /srv/ingress2nginx || systemctl start ingress2nginx',
  "ingress2nginx status --format json | jq -r '.release.id'",
];

export function declareStatus(program: Command): void {
  const command = program
    .command('status')
    .summary('show what nginx serves, and since when')
    .description('Shows what the nginx of apply serves. Exits with 1 when nothing is being served.');
  addResultFormat(addPlaceFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (flags: StatusFlags) => {
      const { status } = await import('../status.ts');
      endWith(await status(flags));
    });
}
