import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { Fix } from '../diagnostics/fix.ts';
import { textFixes } from '../fixes/text-fixes.ts';
import type { TextFix } from '../fixes/text-fixes.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { NginxVersion } from '../nginx/version.ts';
import { ANNOTATIONS_PREFIX } from '../resources/model.ts';
import { meantInAnnotations } from './meant-text.ts';
import type { NginxOpinion } from './lint-nginx.ts';
import { chooseReported } from './lint-report.ts';
import type { LintChoice, LintFindings } from './lint-report.ts';
import type { Loaded } from './loaded.ts';
import { withoutRepeats } from './repository.ts';

export interface LintRequest {
  readonly loaded: Loaded;
  readonly choice: LintChoice;
  /** The nginx that is to test what is made of the input; undefined: none is asked. */
  readonly nginx: NginxToAsk | undefined;
  readonly signal: AbortSignal;
}

export interface NginxToAsk {
  /** Its program; undefined: the usual one. */
  readonly program: string | undefined;
  /** For which the files are made; undefined: they suit 1.22 and later. */
  readonly version: NginxVersion | undefined;
}

/** What a lint came to. */
export interface Linted {
  readonly loaded: Loaded;
  /** What the fix of a finding would change, if it has one that can be made. */
  readonly fixOf: (found: { readonly fix?: Fix }) => TextFix | undefined;
  readonly findings: LintFindings;
  /** Why nginx could not say what it thinks. */
  readonly trouble?: Failure | Interruption;
}

/** Adds what only `lint` says to what was found while the manifests were compiled; changes nothing anywhere. */
export async function lintLoaded(request: LintRequest): Promise<Linted> {
  const { loaded, choice } = request;
  const opinion = await opinionOnAll(request);
  const report = withoutRepeats(loaded.report);
  for (const found of opinion.kind === 'told' ? opinion.diagnostics : []) report(found);
  const findings = chooseReported(loaded, choice);
  const fixOf = textFixes(loaded.documents, meantInAnnotations(ANNOTATIONS_PREFIX));
  return { loaded, findings, fixOf, ...(opinion.kind === 'told' ? {} : { trouble: opinion }) };
}

/** What is not used together, such as two ingress classes, nginx is asked about one after the other. */
async function opinionOnAll(request: LintRequest): Promise<NginxOpinion> {
  const diagnostics: Diagnostic[] = [];
  for (const loaded of request.loaded.variants ?? [request.loaded]) {
    const opinion = await opinionOfNginx({ ...request, loaded });
    if (opinion.kind !== 'told') return opinion;
    diagnostics.push(...opinion.diagnostics);
  }
  return { kind: 'told', diagnostics };
}

async function opinionOfNginx({ loaded, nginx, signal }: LintRequest): Promise<NginxOpinion> {
  if (nginx === undefined) return { kind: 'told', diagnostics: [] };
  const { program, version } = nginx;
  const { askNginx } = await import('./lint-nginx.ts');
  const { testWithNginx } = await import('../live/local-nginx/nginx-test.ts');
  const ask = (files: Parameters<typeof testWithNginx>[0]['files']) =>
    testWithNginx({ nginx: program, files, signal, run: THIS_RUN });
  return askNginx({ loaded, version, ask, signal });
}
