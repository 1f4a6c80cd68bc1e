import type { Diagnostic, Finding } from '../diagnostics/diagnostic.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { isSameObject, objectText } from '../diagnostics/place.ts';
import { inTurns } from '../live/in-turns.ts';
import type { NginxVerdict } from '../live/local-nginx/nginx-test.ts';
import { explainComplaint, explainWarnings } from '../nginx/complaint.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import { renderSteps } from '../nginx/render.ts';
import { nginxRefuses } from '../nginx/rules/complaints.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { Culprit } from './isolate.ts';
import { isolate } from './isolate.ts';
import type { Loaded } from './loaded.ts';
import { trouble } from './refused.ts';
import { lineOfSnippet } from './snippet-line.ts';

export interface NginxQuestion {
  readonly loaded: Loaded;
  /** Of the nginx that will read the files; undefined: they suit 1.22 and later. */
  readonly version: NginxVersion | undefined;
  readonly ask: (files: RenderedFiles) => Promise<NginxVerdict>;
  readonly signal: AbortSignal;
}

/** What nginx has to say of an input, beside what was found before. */
export type NginxOpinion =
  | { readonly kind: 'told'; readonly diagnostics: readonly Diagnostic[] }
  | Interruption
  | Failure;

/**
 * Makes files of an input, whatever was found in it, and reports all that nginx has against them: it ends with the first
 * mistake that it meets, so it is asked once more for each Ingress that it refuses, without those that are known. What is
 * closed because of other findings is closed there as well.
 */
export async function askNginx({ loaded, version, ask, signal }: NginxQuestion): Promise<NginxOpinion> {
  const render = (routing: Routing): Steps<RenderedFiles> =>
    renderSteps(routing, version === undefined ? {} : { version });
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { kind: 'interrupted' };
  const verdict = await ask(files);
  if (verdict.kind === 'accepted') return told(explainWarnings(verdict.stderr, files));
  if (verdict.kind !== 'refused') return verdict;
  const isolation = await isolate({ loaded, files, stderr: verdict.stderr, render, ask, signal });
  if (!('loaded' in isolation)) return isolation;
  const refused = isolation.taken.map(culprit => findingOf(culprit, loaded));
  if (isolation.kind === 'isolated') return told([...refused, ...explainWarnings(isolation.stderr, isolation.files)]);
  const { refusal, stderr } = isolation;
  if (refusal === undefined || refusal.isOfMachine) return trouble(stderr, refusal);
  return told([...refused, ...explainComplaint(stderr, isolation.files)]);
}

function told(findings: readonly Finding[]): NginxOpinion {
  const { report, diagnostics } = collect();
  for (const finding of findings) report(finding);
  return { kind: 'told', diagnostics };
}

function findingOf({ ingress, at, refusal }: Culprit, { ingresses }: Loaded): Finding {
  const { text, help } = refusal;
  const message = `nginx rejects this: ${text} (${objectText(ingress)})`;
  const annotations = ingresses.find(each => isSameObject(each, ingress))?.annotations;
  const value = annotations?.[String(at.path.at(-1))];
  const place = value === undefined ? at : lineOfSnippet(at, value, refusal);
  return { rule: nginxRefuses, message, at: place, ...(help === undefined ? {} : { help }) };
}
