import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { findBuild } from '../live/local-nginx/find-build.ts';
import { problemWithFolder } from '../live/apply/folder-problem.ts';
import type { NginxBuild } from '../live/local-nginx/nginx-build.ts';
import { isCompiledIn, setUp } from '../live/apply/nginx-setup.ts';
import type { ServingStatus } from '../live/apply/status.ts';
import { readStatus } from '../live/apply/status.ts';
import { inTurns } from '../live/in-turns.ts';
import { testWithNginx } from '../live/local-nginx/nginx-test.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { FileSet } from '../nginx/file-set.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import { renderSteps } from '../nginx/render.ts';
import type { RenderOptions } from '../nginx/render.ts';
import { isRoot } from '../output/act-as.ts';
import { isSystemError } from '../output/disk.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { ApplyRequest } from './apply.ts';
import { isOfIngresses, renderOptions } from './apply-with.ts';
import type { Difference } from './difference.ts';
import { differenceOf } from './difference.ts';
import { withheldAsEmpty, withheldBy } from './hold.ts';
import type { Withheld } from './hold.ts';
import type { Loaded } from './loaded.ts';
import { lookAt } from './look.ts';
import type { NginxOptions } from './serving.ts';
import type { Tried } from './trial.ts';
import { tryFiles } from './trial.ts';

/** `loaded` is what was tried last: its findings are all that there is to say. */
export interface DryRun {
  readonly loaded: Loaded;
  readonly outcome: DryRunOutcome;
}

export type DryRunOutcome =
  | { readonly kind: 'compared'; readonly difference: Difference }
  | Withheld
  | Interruption
  | Failure;

/** Finds out what an apply would change, and does none of it. */
export async function dryRunLoaded(request: ApplyRequest): Promise<DryRun> {
  const { hold, nginx, signal } = request;
  const withheld = withheldBy(request.loaded, hold);
  if (withheld !== undefined) return { loaded: request.loaded, outcome: withheld };
  const search = await findBuild(nginx.nginx, signal);
  if (search.kind !== 'found') return { loaded: request.loaded, outcome: search };
  const tried = await test(request, search.build);
  if (tried.kind !== 'accepted') return { loaded: 'loaded' in tried ? tried.loaded : request.loaded, outcome: tried };
  const { loaded } = tried;
  const outcome = withheldBy(loaded, hold) ?? (await compare(loaded, request, search.build));
  return { loaded, outcome };
}

/**
 * Asks nginx in a temporary folder, whose logs and pid file lie there as well, whatever the folder of the apply: all
 * else is the same, and nothing of an nginx that the system runs is touched.
 */
async function test({ loaded, hold, nginx, signal }: ApplyRequest, build: NginxBuild): Promise<Tried> {
  const { program, version } = build;
  const render = (routing: Routing): Steps<RenderedFiles> => renderSteps(routing, { version });
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { kind: 'interrupted' };
  const { timeoutMs } = nginx;
  const ask = (changed: FileSet) => testWithNginx({ nginx: program, files: changed, signal, timeoutMs, run: THIS_RUN });
  return tryFiles({ loaded, files, render, ask, signal }, hold.onError);
}

async function compare(
  loaded: Loaded,
  { hold, nginx, signal }: ApplyRequest,
  build: NginxBuild,
): Promise<DryRunOutcome> {
  const { folder, kind } = nginx;
  const look = await lookAt(folder, readStatus);
  if (look.kind === 'failed') return look;
  const problem = problemWithFolder(folder, kind);
  if (problem !== undefined) return failure(problem);
  const { found } = look;
  const empty = withheldAsEmpty(loaded, hold, () => isOfIngresses(found?.release?.routes ?? []));
  if (empty !== undefined) return empty;
  const files = await inTurns(renderSteps(loaded.routing, optionsFor(build, nginx)), signal);
  return files === undefined ? { kind: 'interrupted' } : compareWith(found, files, loaded);
}

/** Keys and passwords of a release can be read by the user who applied it alone. */
function compareWith(found: ServingStatus | undefined, files: FileSet, loaded: Loaded): DryRunOutcome {
  try {
    return { kind: 'compared', difference: differenceOf(found, files, loaded) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`the current release cannot be read: ${error.message}`);
  }
}

function optionsFor(build: NginxBuild, { folder: root, kind }: NginxOptions): RenderOptions {
  const request = { root, kind, build, isRoot: isRoot() };
  const layout = isCompiledIn(request) ? setUp(request).layout : undefined;
  return renderOptions({ version: build.version, layout });
}
