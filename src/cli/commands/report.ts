import type { Command } from 'commander';
import { Option } from 'commander';

import { endWith, wrapColumns } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import type { ReportPageFlags } from '../report.ts';
import { parsePath } from '../settings.ts';
import { timed, timingsOption } from '../timings.ts';
import type { TimingsFlags } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx report -o report.html manifests/',
  'kubectl get ing,svc,endpointslices,secret,cm,ingressclass -A -o yaml | ingress2nginx report -o report.html -',
  'ingress2nginx report --graph mermaid manifests/ > routes.mmd',
];

export function declareReport(program: Command): void {
  const command = program
    .command('report')
    .summary('write a web page that shows all routes, for people')
    .description(
      'Writes one self-contained HTML page that shows hosts, paths, Ingresses, Services and endpoints with their policies and findings. It needs no network, and holds no secret.',
    )
    .argument('[paths...]', 'files, directories (recursive: *.yaml, *.yml, *.json), globs, or - for stdin');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .option(
      '-o, --output <file>',
      'file to write, or - for stdout (default: stdout, unless it is a terminal)',
      parsePath,
    )
    .option('--force', 'replace a file that report did not write; never one that was read as input')
    .addOption(
      new Option('--graph <language>', 'write the graph for documents instead of the page').choices(['mermaid', 'dot']),
    )
    .addOption(timingsOption());
  addFindingFlags(command.optionsGroup('Messages, on stderr:'))
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (paths: readonly string[], flags: ReportPageFlags & TimingsFlags) => {
      const input = inputFrom(paths, flags, { command, examples: EXAMPLES });
      if (flags.output === undefined && flags.graph === undefined && wrapColumns('stdout') !== undefined) {
        command.error(`error: no file for the page: give one with --output\n${examplesText(EXAMPLES)}`);
      }
      const { report } = await import('../report.ts');
      endWith(await timed(flags, onStage => report(input, flags, onStage)));
    });
}
