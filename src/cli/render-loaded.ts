import { inTurns } from '../live/in-turns.ts';
import type { NginxVerdict } from '../live/nginx-test.ts';
import type { FileSet } from '../nginx/file-set.ts';
import { confOf } from '../nginx/file-set.ts';
import { renderSteps } from '../nginx/render.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import { many } from '../report/summary.ts';
import { print } from './face.ts';
import { THIS_RUN } from './interrupt.ts';
import type { Loaded } from './load.ts';
import { reportWarnings } from './isolate.ts';
import { recover } from './refused.ts';
import type { HoldFlags, Withheld } from './withhold.ts';
import { withheldAsEmpty, withheldBy } from './withhold.ts';

export interface OutputFlags extends HoldFlags {
  readonly output?: string;
  readonly nginxVersion?: NginxVersion;
  readonly test?: boolean;
  readonly nginx?: string;
}

/** How far the files came. `loaded` is what was tried last: its findings are all that there is to say. */
export interface Rendered {
  readonly loaded: Loaded;
  readonly outcome: RenderOutcome;
}

export type RenderOutcome =
  | { readonly kind: 'done'; readonly remarks: readonly string[]; readonly isChanged: boolean }
  | Withheld
  | { readonly kind: 'failed'; readonly problem: string };

const OTHER_VERSION = '--test needs an nginx of the version given with --nginx-version; choose it with --nginx';

/** Writes an input as files, or prints its nginx.conf; with `--test`, only what nginx accepts. */
export async function renderLoaded(loaded: Loaded, flags: OutputFlags, signal: AbortSignal): Promise<Rendered> {
  const withheld = await reasonToWithhold(loaded, flags);
  if (withheld !== undefined) return { loaded, outcome: withheld };
  const render = (routing: Routing): Steps<FileSet> =>
    renderSteps(
      routing,
      flags.nginxVersion === undefined ? {} : { version: flags.nginxVersion },
      loaded.memory?.render,
    );
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'withheld' } };
  const tested: Tested = flags.test === true ? await test({ loaded, files, render }, flags, signal) : { loaded, files };
  if ('outcome' in tested) return tested;
  const left = flags.test === true ? await reasonToWithhold(tested.loaded, flags) : undefined;
  if (left !== undefined) return { loaded: tested.loaded, outcome: left };
  const { output } = flags;
  const outcome = output === undefined ? printConf(tested.files) : await write(tested, { dir: output, flags, signal });
  return { loaded: tested.loaded, outcome };
}

/** The test of nginx finds something, too, and takes out what it refuses. */
async function reasonToWithhold(loaded: Loaded, flags: OutputFlags): Promise<Withheld | undefined> {
  const withheld = withheldBy(loaded, flags);
  const { output } = flags;
  if (withheld !== undefined || output === undefined) return withheld;
  const { hasIngresses } = await import('../output/standing.ts');
  return withheldAsEmpty(loaded, flags, () => hasIngresses(output));
}

interface Ready {
  readonly loaded: Loaded;
  readonly files: FileSet;
}

type Tested = Ready | Rendered;

async function test(
  { loaded, files, render }: Ready & { readonly render: (routing: Routing) => Steps<FileSet> },
  { nginx, onError, nginxVersion }: OutputFlags,
  signal: AbortSignal,
): Promise<Tested> {
  const { testWithNginx } = await import('../live/nginx-test.ts');
  const ask = (changed: FileSet): Promise<NginxVerdict> =>
    testWithNginx({ nginx, files: changed, signal, run: THIS_RUN });
  const verdict = await ask(files);
  if (verdict.kind === 'accepted') {
    reportWarnings({ loaded, files, stderr: verdict.stderr });
    return { loaded, files };
  }
  if (verdict.kind !== 'refused') return { loaded, outcome: outcomeOf(verdict) };
  const recovery = await recover({ loaded, files, stderr: verdict.stderr, render, ask, signal }, onError);
  if (recovery.kind === 'isolated') return recovery;
  if (recovery.kind !== 'withheld') return { loaded, outcome: outcomeOf(recovery) };
  const ofVersion = nginxVersion === undefined ? undefined : OTHER_VERSION;
  const advice = ofVersion ?? recovery.advice;
  return { loaded: recovery.loaded, outcome: { kind: 'withheld', ...(advice === undefined ? {} : { advice }) } };
}

function outcomeOf(end: Extract<NginxVerdict, { kind: 'interrupted' | 'failed' }>): RenderOutcome {
  return end.kind === 'interrupted' ? { kind: 'withheld' } : { kind: 'failed', problem: `--test: ${end.problem}` };
}

function printConf(files: FileSet): RenderOutcome {
  print(confOf(files));
  return { kind: 'done', remarks: [], isChanged: true };
}

interface Target {
  readonly dir: string;
  readonly flags: OutputFlags;
  readonly signal: AbortSignal;
}

async function write({ loaded, files }: Ready, { dir, flags, signal }: Target): Promise<RenderOutcome> {
  const { writeOutput } = await import('../output/write.ts');
  const { findPasswordReaders } = await import('../live/password-readers.ts');
  const readers = await findPasswordReaders(files, { nginx: flags.nginx, signal });
  // What lies in the folder may be a finding, too.
  const mayWrite = (): boolean => withheldBy(loaded, flags) === undefined;
  const result = await writeOutput({ dir, files, report: loaded.report, mayWrite, signal, run: THIS_RUN, readers });
  switch (result.kind) {
    case 'written': {
      const { written, unchanged, removed } = result;
      return {
        kind: 'done',
        remarks: [`${dir}: ${many(written, 'file')} written, ${unchanged} unchanged, ${removed} removed`],
        isChanged: written + removed > 0,
      };
    }
    case 'refused':
      return withheldBy(loaded, { ...flags, onError: 'isolate' }) ?? { kind: 'withheld' };
    case 'interrupted':
      return { kind: 'withheld' };
    case 'failed':
      return { kind: 'failed', problem: `${dir} was not written: ${result.problem}` };
  }
}
