import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { addNamesFlags, examplesText } from '../flags.ts';
import type { NamesFlags } from '../names.ts';

const EXAMPLES = [
  'ingress2nginx options',
  'ingress2nginx options proxy-body-size hsts',
  'ingress2nginx options --format markdown > options.md',
];

export function declareOptions(program: Command): void {
  const command = program
    .command('options')
    .summary("explain options of the controller's ConfigMap")
    .description(
      "Explains options of ingress-nginx's ConfigMap: what they do, their values and defaults, what they become in nginx, and how that differs. Exits with 1 for a name that is none.",
    )
    .argument('[names...]', 'options; all of them if none is named');
  addNamesFlags(command.optionsGroup('Output:'))
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (names: readonly string[], flags: NamesFlags) => {
      const { options } = await import('../names.ts');
      endWith(options(names, flags));
    });
}
