import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { chooseFindings } from '../findings/choose.ts';
import type { Choice } from '../findings/choose.ts';
import { THIS_RUN } from '../live/this-run.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { NginxOpinion } from './lint-nginx.ts';
import type { Loaded } from './loaded.ts';

export interface LintRequest {
  readonly loaded: Loaded;
  readonly choice: Choice;
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
  /** What is reported, in the order in which it was found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Why nginx could not say what it thinks. */
  readonly trouble?: Failure | Interruption;
}

/** Takes what is to be reported from all that was found while the manifests were compiled; changes nothing anywhere. */
export async function lintLoaded(request: LintRequest): Promise<Linted> {
  const { loaded, choice } = request;
  const opinion = await opinionOfNginx(request);
  const said = opinion.kind === 'told' ? opinion.diagnostics : [];
  const { reported } = chooseFindings([...loaded.diagnostics, ...said], choice);
  return { loaded, diagnostics: reported, ...(opinion.kind === 'told' ? {} : { trouble: opinion }) };
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
