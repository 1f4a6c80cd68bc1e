import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { examplesText } from '../flags.ts';
import { addResultFormat, addStopFlags } from '../serving-flags.ts';
import type { StopFlags } from '../stop.ts';

const EXAMPLES = [
  'ingress2nginx stop',
  'ingress2nginx stop --state-dir /srv/ingress2nginx --timeout 120',
  "ingress2nginx stop --format json | jq '.stopped'",
];

export function declareStop(program: Command): void {
  const command = program
    .command('stop')
    .summary('stop the nginx of apply')
    .description('Stops the nginx of apply after its requests in progress have finished. The releases are kept.');
  addResultFormat(addStopFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (flags: StopFlags) => {
      const { stop } = await import('../stop.ts');
      endWith(await stop(flags));
    });
}
