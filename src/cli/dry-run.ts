import { Chalk } from 'chalk';

import { diffRoutes } from '../answers/diff.ts';
import { routesOf } from '../answers/routes.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { failure } from '../diagnostics/failure.ts';
import { isSystemError } from '../output/disk.ts';
import type { BuildSearch } from '../live/apply/find-build.ts';
import { problemWithFolder } from '../live/apply/folder-problem.ts';
import { findBuild } from '../live/apply/find-build.ts';
import { isCompiledIn, setUp } from '../live/apply/nginx-setup.ts';
import { readStatus } from '../live/apply/status.ts';
import { inTurns } from '../live/in-turns.ts';
import type { ServingStatus } from '../live/apply/status.ts';
import type { NginxVerdict } from '../live/nginx-test.ts';
import { testWithNginx } from '../live/nginx-test.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { FileSet } from '../nginx/file-set.ts';
import { renderSteps } from '../nginx/render.ts';
import type { RenderOptions } from '../nginx/render.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { ApplyFlags } from './apply.ts';
import { isOfIngresses, renderOptions } from './apply-loaded.ts';
import type { Difference } from './difference.ts';
import { differenceJson, differenceText, diffFiles } from './difference.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, refuseMissing } from './face.ts';
import type { RunOutcome } from './findings.ts';
import { reportFindings } from './findings.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible } from './interrupt.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { lookAt } from './look.ts';
import { loadInput } from './load-input.ts';
import { reportWarnings } from '../jobs/isolate.ts';
import { recover } from '../jobs/refused.ts';
import { placeOf } from './serving-flags.ts';
import type { Withheld } from '../jobs/hold.ts';
import { withheldAsEmpty, withheldBy } from '../jobs/hold.ts';
import { withheldText, wordsOf } from './withheld-text.ts';

type Outcome = { readonly kind: 'compared'; readonly difference: Difference } | Withheld | Interruption | Failure;

interface DryRun {
  readonly loaded: Loaded;
  readonly outcome: Outcome;
}

/** Shows what an apply would change, and does none of it. */
export async function dryRun(input: InputRequest, flags: ApplyFlags): Promise<ExitCode> {
  const loading = await loadInput(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  return interruptible(async signal => reportDryRun(await compare(loading.loaded, flags, signal), flags));
}

async function reportDryRun({ loaded, outcome }: DryRun, flags: ApplyFlags): Promise<ExitCode> {
  const code = await reportFindings({ ...loaded, ...endOf(outcome) }, flags);
  switch (outcome.kind) {
    case 'compared':
      print(textOf(outcome.difference, flags));
      return code;
    case 'withheld':
    case 'interrupted':
      return 1;
    case 'failed':
      return 3;
  }
}

function textOf(difference: Difference, { format, color }: ApplyFlags): string {
  if (format === 'json') return differenceJson(difference);
  return differenceText(difference, new Chalk({ level: isColoured('stdout', color) ? 1 : 0 }));
}

function endOf(outcome: Outcome): RunOutcome {
  switch (outcome.kind) {
    case 'compared':
      return { notes: [] };
    case 'interrupted':
      return { notes: [], withheld: 'interrupted: nothing was compared' };
    case 'withheld':
      return { notes: [], withheld: withheldText('nothing would be applied', wordsOf(outcome)) };
    case 'failed':
      return { notes: [], problem: outcome.problem };
  }
}

async function compare(loaded: Loaded, flags: ApplyFlags, signal: AbortSignal): Promise<DryRun> {
  const withheld = withheldBy(loaded, flags);
  if (withheld !== undefined) return { loaded, outcome: withheld };
  const search = await findBuild(flags.nginx, signal);
  if (search.kind !== 'found') return { loaded, outcome: search };
  const tested = await test(loaded, { flags, signal, build: search.build });
  const warned = tested.outcome ?? withheldBy(tested.loaded, flags);
  if (warned !== undefined) return { loaded: tested.loaded, outcome: warned };
  const { folder, kind } = placeOf(flags);
  const look = await lookAt(folder, readStatus);
  const problem = look.kind === 'failed' ? look.problem : problemWithFolder(folder, kind);
  if (problem !== undefined) return { loaded, outcome: failure(problem) };
  const found = look.kind === 'seen' ? look.found : undefined;
  const empty = withheldAsEmpty(tested.loaded, flags, () => isOfIngresses(found?.release?.routes ?? []));
  if (empty !== undefined) return { loaded: tested.loaded, outcome: empty };
  const files = await inTurns(renderSteps(tested.loaded.routing, optionsFor(search.build, flags)), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'interrupted' } };
  return { loaded: tested.loaded, outcome: compareWith(found, files, tested.loaded) };
}

/** Keys and passwords of a release can be read by the user who applied it alone. */
function compareWith(found: ServingStatus | undefined, files: FileSet, loaded: Loaded): Outcome {
  try {
    return { kind: 'compared', difference: differenceOf(found, files, loaded) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return failure(`the current release cannot be read: ${error.message}`);
  }
}

type NginxBuild = Extract<BuildSearch, { kind: 'found' }>['build'];

function optionsFor(build: NginxBuild, flags: ApplyFlags): RenderOptions {
  const { folder: root, kind } = placeOf(flags);
  const request = { root, kind, build, isRoot: process.getuid?.() === 0 };
  const layout = isCompiledIn(request) ? setUp(request).layout : undefined;
  return renderOptions({ version: build.version, layout });
}

interface Testing {
  readonly flags: ApplyFlags;
  readonly signal: AbortSignal;
  readonly build: NginxBuild;
}

/**
 * Asks nginx in a temporary folder, whose logs and pid file lie there as well, whatever the folder of the apply: all
 * else is the same, and nothing of an nginx that the system runs is touched.
 */
async function test(
  loaded: Loaded,
  { flags, signal, build }: Testing,
): Promise<{ readonly loaded: Loaded; readonly outcome: Outcome | undefined }> {
  const render = (routing: Routing): Steps<FileSet> => renderSteps(routing, { version: build.version });
  const ask = (changed: FileSet): Promise<NginxVerdict> =>
    testWithNginx({
      nginx: build.program,
      files: changed,
      signal,
      timeoutMs: flags.timeout * 1_000,
      run: THIS_RUN,
    });
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'interrupted' } };
  const verdict = await ask(files);
  if (verdict.kind === 'accepted') {
    reportWarnings({ loaded, files, stderr: verdict.stderr });
    return { loaded, outcome: undefined };
  }
  if (verdict.kind !== 'refused') return { loaded, outcome: verdict };
  const recovery = await recover({ loaded, files, stderr: verdict.stderr, render, ask, signal }, flags.onError);
  if (recovery.kind === 'isolated') return { loaded: recovery.loaded, outcome: undefined };
  return { loaded: recovery.kind === 'withheld' ? recovery.loaded : loaded, outcome: recovery };
}

function differenceOf(found: ServingStatus | undefined, files: FileSet, { routing }: Loaded): Difference {
  const current = found?.release;
  const changes = diffFiles(current?.folder, files);
  const isRunning = (found?.nginx?.workers ?? 0) > 0;
  return {
    release: current?.id,
    pid: found?.nginx?.pid,
    would: !isRunning ? 'start' : changes.files.length === 0 ? 'nothing' : 'reload',
    ...changes,
    routes: diffRoutes(current?.routes ?? [], routesOf(routing)),
  };
}
