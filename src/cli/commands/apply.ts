import type { Command } from 'commander';

import { endWith } from '../face.ts';
import {
  addCompileFlags,
  addInputFlags,
  addReportFlags,
  allowEmptyOption,
  examplesText,
  onErrorOption,
} from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import { addKeepReleases, addServingFlags } from '../serving-flags.ts';
import type { WatchApplyFlags } from '../watch-apply.ts';
import { addServingWatchFlags, checkWatchFlags } from '../watch-flags.ts';

const EXAMPLES = [
  'ingress2nginx apply --http-port 8080 --https-port 8443 manifests/',
  'ingress2nginx apply --dry-run --http-port 8080 --https-port 8443 manifests/',
  'ingress2nginx apply --watch --http-port 8080 --https-port 8443 --context minikube',
  'kubectl get ing,svc,ep,endpointslices,secret,cm,ingressclass -A -o yaml | sudo ingress2nginx apply --prefix /etc/nginx',
];

export function declareApply(program: Command): void {
  const command = program
    .command('apply')
    .summary('serve Ingress manifests with a local nginx')
    .description(
      'Renders the manifests, tests the result with "nginx -t", starts or reloads nginx and checks that it serves. If anything fails, it rolls back to the previous release.',
    )
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addKeepReleases(addServingFlags(addCompileFlags(addInputFlags(command))))
    .optionsGroup('Apply:')
    .addOption(onErrorOption('change nothing'))
    .addOption(allowEmptyOption())
    .option('--dry-run', 'show what would change, and change nothing');
  addReportFlags(addServingWatchFlags(command))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: WatchApplyFlags) => {
      checkWatchFlags(command, paths);
      if (flags.watch === true) {
        const { watchApply } = await import('../watch-apply.ts');
        return endWith(await watchApply(paths, flags));
      }
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      if (flags.dryRun === true) {
        const { dryRun } = await import('../dry-run.ts');
        return endWith(await dryRun(input, flags));
      }
      const { apply } = await import('../apply.ts');
      endWith(await apply(input, flags));
    });
}
