import type { Command } from 'commander';

import { endWith } from '../face.ts';
import { addAnnotationsPrefixFlag, addNamesFlags, examplesText } from '../flags.ts';
import type { AnnotationsFlags } from '../names.ts';

const EXAMPLES = [
  'ingress2nginx annotations',
  'ingress2nginx annotations limit-rps nginx.ingress.kubernetes.io/auth-url',
  "ingress2nginx annotations --format json | jq -r '.annotations[] | select(.lost) | .key'",
];

export function declareAnnotations(program: Command): void {
  const command = program
    .command('annotations')
    .summary('explain annotations: values, default, what they become')
    .description(
      'Explains annotations of ingress-nginx: what they do, their values and defaults, what they become in nginx, and how that differs. Exits with 1 for a name that is none.',
    )
    .argument('[names...]', 'annotations, with or without prefix; all of them if none is named');
  addNamesFlags(addAnnotationsPrefixFlag(command.optionsGroup('Output:')))
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (names: readonly string[], flags: AnnotationsFlags) => {
      const { annotations } = await import('../names.ts');
      endWith(annotations(names, flags));
    });
}
