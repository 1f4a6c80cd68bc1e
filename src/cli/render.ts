import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { emptyInput } from '../input/rules.ts';
import type { FileSet } from '../nginx/file-set.ts';
import { renderNginx } from '../nginx/render.ts';
import type { NginxVersion } from '../nginx/version.ts';
import { readable } from '../report/plain-text.ts';
import { many } from '../report/summary.ts';
import type { ExitCode } from './face.ts';
import { print, refuseMissing, say } from './face.ts';
import { reportFindings } from './findings.ts';
import type { ReportFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { interruptible, THIS_RUN } from './interrupt.ts';
import type { Loaded } from './load.ts';
import { load } from './load.ts';
import type { CompileFlags } from './settings.ts';

export interface RenderFlags extends CompileFlags, ReportFlags {
  readonly stdinFilename: string;
  readonly output?: string;
  readonly onError: 'fail' | 'isolate';
  readonly nginxVersion?: NginxVersion;
  readonly test?: boolean;
  readonly nginx?: string;
}

/** How far the files came. */
type Outcome =
  | { readonly kind: 'done'; readonly remarks: readonly string[] }
  /** Because of findings, which say why. */
  | { readonly kind: 'withheld'; readonly advice?: string }
  | { readonly kind: 'failed'; readonly problem: string };

const OTHER_VERSION = 'the nginx that tests must be of the version that --nginx-version names: see --nginx';

export async function render(input: InputRequest, flags: RenderFlags): Promise<ExitCode> {
  const loading = await load(input, flags);
  if (loading.kind === 'missing') return refuseMissing(loading.paths);
  const { loaded } = loading;
  const outcome = await deliver(loaded, flags);
  const code = await reportFindings({ ...loaded, notes: notesOf(outcome, flags) }, flags);
  switch (outcome.kind) {
    case 'done':
      return code;
    case 'withheld':
      return 1;
    case 'failed':
      say(`ingress2nginx: ${readable(outcome.problem)}\n`);
      return 3;
  }
}

function notesOf(outcome: Outcome, flags: RenderFlags): readonly string[] {
  switch (outcome.kind) {
    case 'done':
      return outcome.remarks;
    case 'withheld':
      return [withheldText(outcome.advice, flags)];
    case 'failed':
      return [];
  }
}

async function deliver(loaded: Loaded, flags: RenderFlags): Promise<Outcome> {
  if (flags.onError === 'fail' && hasErrors(loaded.diagnostics)) {
    return { kind: 'withheld', advice: '--on-error isolate serves what is right' };
  }
  if (loaded.diagnostics.some(found => found.rule === emptyInput)) return { kind: 'withheld' };
  const files = renderNginx(loaded.routing, flags.nginxVersion === undefined ? {} : { version: flags.nginxVersion });
  return interruptible(async signal => {
    const tested = flags.test === true ? await test(loaded, { files, flags, signal }) : undefined;
    if (tested !== undefined) return tested;
    return flags.output === undefined ? printConf(files) : write(loaded, { files, dir: flags.output, signal });
  });
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(found => found.severity === 'error');
}

interface Delivery {
  readonly files: FileSet;
  readonly signal: AbortSignal;
}

/** Undefined when nginx has nothing against the files. */
async function test(
  loaded: Loaded,
  { files, flags, signal }: Delivery & { readonly flags: RenderFlags },
): Promise<Outcome | undefined> {
  const { testWithNginx } = await import('../live/nginx-test.ts');
  const verdict = await testWithNginx({ nginx: flags.nginx, files, signal, run: THIS_RUN });
  switch (verdict.kind) {
    case 'accepted':
      return undefined;
    case 'interrupted':
      return { kind: 'withheld' };
    case 'failed':
      return { kind: 'failed', problem: `--test: ${verdict.problem}` };
    case 'refused': {
      const { explainComplaint } = await import('../nginx/complaint.ts');
      const findings = explainComplaint(verdict.stderr, confOf(files), loaded.routing);
      if (findings.length === 0) return { kind: 'failed', problem: `--test: nginx failed: ${verdict.stderr.trim()}` };
      for (const finding of findings) loaded.report(finding);
      // nginx would serve nothing of it, so that there is nothing to isolate.
      return flags.nginxVersion === undefined ? { kind: 'withheld' } : { kind: 'withheld', advice: OTHER_VERSION };
    }
  }
}

function printConf(files: FileSet): Outcome {
  print(confOf(files));
  return { kind: 'done', remarks: [] };
}

function confOf({ files }: FileSet): string {
  const conf = files.find(file => file.path === 'nginx.conf');
  if (conf === undefined) throw new Error('the render stage made no nginx.conf');
  return new TextDecoder().decode(conf.bytes);
}

async function write(loaded: Loaded, { files, dir, signal }: Delivery & { readonly dir: string }): Promise<Outcome> {
  const { writeOutput } = await import('../output/write.ts');
  const result = await writeOutput({ dir, files, report: loaded.report, signal, run: THIS_RUN });
  switch (result.kind) {
    case 'written': {
      const { written, unchanged, removed } = result;
      return {
        kind: 'done',
        remarks: [`${dir}: ${many(written, 'file')} written, ${unchanged} unchanged, ${removed} removed`],
      };
    }
    case 'refused':
    case 'interrupted':
      return { kind: 'withheld' };
    case 'failed':
      return { kind: 'failed', problem: `${dir} was not written: ${result.problem}` };
  }
}

function withheldText(advice: string | undefined, { output }: RenderFlags): string {
  const where = output === undefined ? '' : ` to ${output}`;
  return `nothing was written${where}${advice === undefined ? '' : `; ${advice}`}`;
}
