import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { examplesText } from '../flags.ts';
import type { ReleaseFlags } from '../release-report.ts';
import { addResultFormat, addRollbackFlags } from '../serving-flags.ts';

const EXAMPLES = [
  'ingress2nginx rollback',
  'ingress2nginx rollback 3-1a2b3c4d --state-dir /srv/ingress2nginx',
  "ingress2nginx rollback --format json | jq -r '.release'",
];

export function declareRollback(program: Command): void {
  const command = program
    .command('rollback')
    .summary('roll back to an earlier release')
    .description('Rolls back to the previous release, or to the given one.')
    .argument('[release]', 'release id, as printed by apply, status and releases');
  addResultFormat(addRollbackFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (release: string | undefined, flags: ReleaseFlags) => {
      const { rollback } = await import('../rollback.ts');
      endWith(await rollback(release, flags));
    });
}
