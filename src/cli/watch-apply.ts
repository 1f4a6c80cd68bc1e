import type { NginxWords } from '../jobs/watch/nginx.ts';
import { watchNginx } from '../jobs/watch/nginx.ts';
import type { ApplyFlags } from './apply.ts';
import type { ExitCode } from './face.ts';
import type { PlaceFlags } from './serving-flags.ts';
import { nginxOptions } from './serving-flags.ts';
import type { WatchFlags } from './watch-flags.ts';
import { watch } from './watch.ts';
import { withheldProblem } from './withheld-text.ts';

export interface WatchApplyFlags extends ApplyFlags, WatchFlags {
  readonly stopOnExit?: boolean;
}

/** Serves the input as it changes, until a signal ends it. */
export function watchApply(paths: readonly string[], flags: WatchApplyFlags): Promise<ExitCode> {
  const options = { nginx: nginxOptions(flags), hold: flags, stopsAtEnd: flags.stopOnExit === true };
  const words: NginxWords = {
    withheld: withheldProblem,
    keepsServing: () => `nginx keeps serving; stop it with ${stopWords(flags)}`,
  };
  return watch({ paths, flags, title: 'apply --watch', open: request => watchNginx(request, options, words) });
}

/** The command for the folder that was named, if one was. */
function stopWords({ stateDir, prefix }: PlaceFlags): string {
  if (prefix !== undefined) return `"ingress2nginx stop --prefix ${prefix}"`;
  return stateDir === undefined ? '"ingress2nginx stop"' : `"ingress2nginx stop --state-dir ${stateDir}"`;
}
