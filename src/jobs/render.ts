import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { inTurns } from '../live/in-turns.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { FileSet } from '../nginx/file-set.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import { renderSteps } from '../nginx/render.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { OutputResult } from '../output/write.ts';
import type { Routing } from '../routing/model.ts';
import { observed } from '../steps/steps.ts';
import type { OnStage, Steps } from '../steps/steps.ts';
import type { Hold, Withheld } from './hold.ts';
import { withheldAsEmpty, withheldBy } from './hold.ts';
import type { Loaded } from './loaded.ts';
import { withRecord } from './recorded.ts';
import type { Trial } from './trial.ts';
import { tryFiles } from './trial.ts';

export interface RenderRequest {
  readonly loaded: Loaded;
  readonly hold: Hold;
  /** Of the nginx that will read the files; undefined: they suit 1.22 and later. */
  readonly version: NginxVersion | undefined;
  /** Whether an nginx of this machine must accept the files. */
  readonly isTested: boolean;
  /** Its program; undefined: the usual one. */
  readonly nginx: string | undefined;
  /** The folder to write to; undefined: the files are handed back, and nothing is written. */
  readonly folder: string | undefined;
  readonly signal: AbortSignal;
  readonly onStage?: OnStage | undefined;
}

/** How far the files came. `loaded` is what was tried last: its findings are all that there is to say. */
export interface Rendered {
  readonly loaded: Loaded;
  readonly outcome: RenderOutcome;
}

export type RenderOutcome =
  /** `written` is undefined where there was no folder to write to. */
  | { readonly kind: 'done'; readonly files: FileSet; readonly written: WrittenFiles | undefined }
  | Withheld
  | Interruption
  | RenderFailure;

export interface RenderFailure extends Failure {
  readonly step: 'test' | 'write';
}

/** How many files of the folder were touched. */
export type WrittenFiles = Omit<Extract<OutputResult, { kind: 'written' }>, 'kind'>;

/** Makes files of an input, or with `isolate` of what is right of it, and writes them if there is a folder for them. */
export async function renderLoaded(request: RenderRequest): Promise<Rendered> {
  const { loaded, version, isTested, signal } = request;
  const withheld = await reasonToWithhold(loaded, request);
  if (withheld !== undefined) return { loaded, outcome: withheld };
  const render = (routing: Routing): Steps<RenderedFiles> =>
    renderSteps(routing, version === undefined ? {} : { version }, loaded.memory?.render);
  const files = await inTurns(observed(render(loaded.routing), request.onStage), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'interrupted' } };
  if (!isTested) return write({ loaded, files }, request);
  const tested = await test({ loaded, files, render }, request);
  if ('outcome' in tested) return tested;
  // The test of nginx finds something, too, and takes out what it refuses.
  const left = await reasonToWithhold(tested.loaded, request);
  return left === undefined ? write(tested, request) : { loaded: tested.loaded, outcome: left };
}

async function reasonToWithhold(loaded: Loaded, { hold, folder }: RenderRequest): Promise<Withheld | undefined> {
  const withheld = withheldBy(loaded, hold);
  if (withheld !== undefined || folder === undefined) return withheld;
  const { hasIngresses } = await import('../output/standing.ts');
  return withheldAsEmpty(loaded, hold, () => hasIngresses(folder));
}

interface Ready {
  readonly loaded: Loaded;
  readonly files: FileSet;
}

async function test(
  trial: Pick<Trial, 'loaded' | 'files' | 'render'>,
  { nginx, hold, version, signal }: RenderRequest,
): Promise<Ready | Rendered> {
  const { testWithNginx } = await import('../live/local-nginx/nginx-test.ts');
  const ask: Trial['ask'] = files => testWithNginx({ nginx, files, signal, run: THIS_RUN });
  const tried = await tryFiles({ ...trial, ask, signal }, hold.onError);
  switch (tried.kind) {
    case 'accepted':
      return tried;
    case 'interrupted':
      return { loaded: trial.loaded, outcome: tried };
    case 'failed':
      return { loaded: trial.loaded, outcome: { ...tried, step: 'test' } };
    case 'withheld': {
      const advice = version === undefined ? tried.advice : 'other-nginx';
      return { loaded: tried.loaded, outcome: { kind: 'withheld', ...(advice === undefined ? {} : { advice }) } };
    }
  }
}

async function write(
  { loaded, files }: Ready,
  { folder, nginx, hold, signal, onStage }: RenderRequest,
): Promise<Rendered> {
  if (folder === undefined) return { loaded, outcome: { kind: 'done', files, written: undefined } };
  onStage?.('write');
  const { writeOutput } = await import('../output/write.ts');
  const { findPasswordReaders } = await import('../live/local-nginx/password-readers.ts');
  const readers = await findPasswordReaders(files, { nginx, signal });
  const { report } = loaded;
  // What lies in the folder may be a finding, too.
  const mayWrite = (): boolean => withheldBy(loaded, hold) === undefined;
  const recorded = withRecord(files, loaded);
  const result = await writeOutput({ dir: folder, files: recorded, report, mayWrite, signal, run: THIS_RUN, readers });
  return { loaded, outcome: outcomeOf(result, { loaded, files }, hold) };
}

function outcomeOf(result: OutputResult, { loaded, files }: Ready, hold: Hold): RenderOutcome {
  switch (result.kind) {
    case 'written': {
      const { kind: _, ...written } = result;
      return { kind: 'done', files, written };
    }
    case 'refused':
      return withheldBy(loaded, { ...hold, onError: 'isolate' }) ?? { kind: 'withheld' };
    case 'interrupted':
      return result;
    case 'failed':
      return { ...result, step: 'write' };
  }
}
