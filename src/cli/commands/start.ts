import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { examplesText } from '../flags.ts';
import type { ReleaseFlags } from '../release-report.ts';
import { addResultFormat, addRollbackFlags } from '../serving-flags.ts';

const EXAMPLES = [
  'ingress2nginx start',
  'ingress2nginx start --state-dir /srv/ingress2nginx',
  'ingress2nginx status >/dev/null || ingress2nginx start',
];

export function declareStart(program: Command): void {
  const command = program
    .command('start')
    .summary('serve the current release again, after stop or a reboot')
    .description(
      'Tests the current release with nginx -t, starts nginx and checks that it serves. Needs no manifests.',
    );
  addResultFormat(addRollbackFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (flags: ReleaseFlags) => {
      const { start } = await import('../start.ts');
      endWith(await start(flags));
    });
}
