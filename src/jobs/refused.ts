import { servedIngresses } from '../compile/served.ts';
import { failure } from '../diagnostics/failure.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import type { Refusal } from '../nginx/complaint.ts';
import { explainComplaint, readRefusal } from '../nginx/complaint.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import type { ErrorReaction, Withheld } from './hold.ts';
import type { IsolationRequest } from './isolate.ts';
import { isolate } from './isolate.ts';
import type { Loaded } from './loaded.ts';
import { whatNginxSaid } from './nginx-said.ts';

/** What becomes of a configuration that nginx refused. */
export type Recovery =
  /** nginx accepts what is left of it. */
  | { readonly kind: 'isolated'; readonly loaded: Loaded; readonly files: RenderedFiles }
  /** The findings of `loaded` say why. */
  | (Withheld & { readonly loaded: Loaded })
  /** It is not about the input. */
  | Failure
  | Interruption;

/** Reports what nginx said at the Ingress behind it; with `isolate`, goes on without that. */
export async function recover(request: IsolationRequest, onError: ErrorReaction): Promise<Recovery> {
  if (onError === 'fail') return explain(request);
  const isolation = await isolate(request);
  if (isolation.kind !== 'stuck') return isolation;
  const { loaded, refusal, stderr } = isolation;
  if (refusal === undefined || refusal.isOfMachine) return trouble(stderr, refusal);
  return { kind: 'withheld', loaded };
}

function explain({ loaded, files, stderr }: IsolationRequest): Recovery {
  const refusal = readRefusal(stderr, files);
  if (refusal === undefined || refusal.isOfMachine) return trouble(stderr, refusal);
  for (const finding of explainComplaint(stderr, files)) loaded.report(finding);
  return { kind: 'withheld', loaded, ...(isAnyLeft(refusal, loaded) ? { advice: 'isolate' } : {}) };
}

/** Whether any Ingress is served when those are taken out that nginx refuses: of several suspects, at least one. */
function isAnyLeft({ suspects, isEach }: Refusal, { routing, ingresses }: Loaded): boolean {
  const refused = isEach ? suspects.length : Math.min(suspects.length, 1);
  return refused > 0 && servedIngresses(routing, ingresses).length > refused;
}

function trouble(stderr: string, refusal: Refusal | undefined): Recovery {
  const help = refusal?.help === undefined ? '' : `; ${refusal.help}`;
  return failure(`${whatNginxSaid(stderr)}${help}`);
}
