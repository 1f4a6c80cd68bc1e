import { servedIngresses } from '../compile/served.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import { failure } from '../diagnostics/failure.ts';
import type { Failure, Interruption } from '../diagnostics/failure.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Refusal } from '../nginx/complaint.ts';
import { explainComplaint, readRefusal } from '../nginx/complaint.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import { isolatedIngress } from '../nginx/rules/complaints.ts';
import type { ErrorReaction, Withheld } from './hold.ts';
import type { Culprit, IsolationRequest } from './isolate.ts';
import { isolate, reportWarnings } from './isolate.ts';
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
  if (!('loaded' in isolation)) return isolation;
  const { loaded, files, stderr, taken } = isolation;
  for (const culprit of taken) loaded.report(findingOf(culprit));
  if (isolation.kind === 'isolated') {
    reportWarnings({ loaded, files, stderr });
    return { kind: 'isolated', loaded, files };
  }
  const { refusal } = isolation;
  if (refusal === undefined || refusal.isOfMachine) return trouble(stderr, refusal);
  for (const finding of explainComplaint(stderr, files)) loaded.report(finding);
  return { kind: 'withheld', loaded };
}

function findingOf({ ingress, at, refusal }: Culprit): Finding {
  const message = `nginx rejects the configuration of ${objectText(ingress)}: ${refusal.text}`;
  const help = 'correct the Ingress; until then its locations answer 503';
  return { rule: isolatedIngress, message, help, at };
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

/** What nginx has against the machine, and not against the input. */
export function trouble(stderr: string, refusal: Refusal | undefined): Failure {
  const help = refusal?.help === undefined ? '' : `; ${refusal.help}`;
  return failure(`${whatNginxSaid(stderr)}${help}`);
}
