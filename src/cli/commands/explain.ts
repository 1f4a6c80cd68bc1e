import type { Command } from 'commander';
import { Option } from 'commander';

import type { ExplainFlags } from '../explain.ts';
import { endWith } from '../face.ts';
import { addCompileFlags, addFindingFlags, addInputFlags, examplesText } from '../flags.ts';
import { inputFrom } from '../input-flags.ts';
import { addRequestFlags, readRequest } from '../request-flags.ts';
import type { TimingsFlags } from '../timings.ts';
import { timed, timingsOption } from '../timings.ts';

const EXAMPLES = [
  'ingress2nginx explain https://shop.example/cart manifests/',
  "ingress2nginx explain POST shop.example/api/v1 -H 'X-Canary: always' --client-ip 10.1.2.3 manifests/",
  'kubectl get ing,svc,endpointslices,secret,ingressclass -A -o yaml | ingress2nginx explain --follow http://shop.example/',
];

export function declareExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('say what happens to a request, and why')
    .description(
      'Follows one request through the manifests: server, location, access rules, redirects, canary, rewrite and ' +
        'backend, each with the Ingress and the annotation behind it. No cluster and no nginx is needed. Exits with 0 ' +
        'if a backend answers (also where chance decides which), with 1 if none does: an error, or a redirect, unless ' +
        '--follow ends at a backend.',
    )
    .argument('[request...]', '[METHOD] URL [PATH...]: URL without a scheme means http://; PATH as for routes')
    .usage('[options] [METHOD] URL [PATH...]');
  addRequestFlags(command);
  command.option('--follow', 'follow redirects to hosts of the manifests');
  addCompileFlags(addInputFlags(command))
    .optionsGroup('Output:')
    .addOption(new Option('--format <format>', 'output format').choices(['pretty', 'json']).default('pretty'))
    .addOption(timingsOption());
  addFindingFlags(command.optionsGroup('Messages, on stderr:'), 'never')
    .optionsGroup('Other options:')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examplesText(EXAMPLES))
    .action(async (words: readonly string[], flags: ExplainFlags & TimingsFlags) => {
      const read = readRequest(words, flags);
      if (!read.ok) {
        const mark = read.problem.endsWith('?') ? '' : ':';
        const help = read.help === undefined ? '' : `${mark} ${read.help}`;
        return command.error(`error: ${read.problem}${help}`, { exitCode: 2 });
      }
      const { request, port } = read;
      const input = inputFrom(read.paths, flags, { command, examples: EXAMPLES });
      const notes = read.isAssumed ? ['the URL names no scheme: http:// is assumed'] : [];
      const { explainRequest } = await import('../explain.ts');
      return endWith(await timed(flags, onStage => explainRequest({ request, port, notes }, input, flags, onStage)));
    });
}
