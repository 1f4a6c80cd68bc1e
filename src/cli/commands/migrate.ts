import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { TARGET_IDS } from '../../answers/migrate/model.ts';
import type { TargetId } from '../../answers/migrate/model.ts';
import { endWith } from '../face.ts';
import { addNameFlags, addInputFlags, colorOption, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import type { MigrateFlags } from '../migrate.ts';

const EXAMPLES = [
  'kubectl get ing,svc,cm,ingressclass -A -o yaml | ingress2nginx migrate --controller-config ingress-nginx/ingress-nginx-controller',
  'ingress2nginx migrate --to traefik --to gateway-api manifests/',
  'ingress2nginx migrate --to f5 --format markdown manifests/ > move.md',
  'ingress2nginx migrate --fail-on refused --quiet manifests/',
];

const DESCRIPTION =
  'Says what becomes of everything that Ingresses and the ConfigMap of ingress-nginx ask for: here, and with --to on ' +
  'Gateway API, Traefik, the NGINX Ingress Controller of F5, or the HAProxy Kubernetes Ingress Controller. The same ' +
  'behaviour (same), another one (differs), or none (refused here, none there). Exits with 0 however much differs, ' +
  'unless --fail-on says otherwise; with 1 if the input has errors, since what they are about is not counted.';

export function declareMigrate(program: Command): void {
  const command = program
    .command('migrate')
    .summary('say what leaving ingress-nginx would change, here and elsewhere')
    .description(DESCRIPTION)
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addNameFlags(addInputFlags(command));
  showConfigMapFlag(command);
  command
    .optionsGroup('Output:')
    .addOption(
      new Option('--to <target>', 'also say what becomes of it there; repeatable')
        .choices(TARGET_IDS)
        .argParser(addTarget)
        .default([], 'here alone'),
    )
    .addOption(
      new Option('--format <format>', 'output format').choices(['pretty', 'markdown', 'json']).default('pretty'),
    )
    .addOption(colorOption())
    .addOption(
      new Option('--fail-on <verdict>', 'exit 1 if anything is refused, or also if anything differs, here or there')
        .choices(['refused', 'differs', 'never'])
        .default('never'),
    )
    .option('--verbose', 'name all Ingresses, and also what stays the same')
    .option('--quiet', 'no findings but errors, no summary')
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: MigrateFlags) => {
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      const { migrate } = await import('../migrate.ts');
      endWith(await migrate(input, flags));
    });
}

/** Of what is about more than names, the options of the controller matter here. */
function showConfigMapFlag({ options }: Command): void {
  for (const option of options) if (option.name() === 'controller-config') option.hideHelp(false);
}

function addTarget(text: string, earlier: readonly TargetId[]): readonly TargetId[] {
  const target = TARGET_IDS.find(id => id === text);
  if (target === undefined) throw new InvalidArgumentError(`Allowed choices are ${TARGET_IDS.join(', ')}.`);
  return earlier.includes(target) ? earlier : [...earlier, target];
}
