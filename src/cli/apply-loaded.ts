import type { RouteRow } from '../answers/routes.ts';
import { routesOf } from '../answers/routes.ts';
import { failure } from '../diagnostics/failure.ts';
import { inTurns } from '../live/in-turns.ts';
import type { Applier, ApplyOutcome, Candidate } from '../live/apply/model.ts';
import type { NginxVerdict } from '../live/nginx-test.ts';
import { explainComplaint, readRefusal } from '../nginx/complaint.ts';
import type { FileSet } from '../nginx/file-set.ts';
import { confOf } from '../nginx/file-set.ts';
import { renderSteps } from '../nginx/render.ts';
import type { RenderOptions } from '../nginx/render.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { reportWarnings } from '../jobs/isolate.ts';
import { recover } from '../jobs/refused.ts';
import { whatNginxSaid } from '../jobs/nginx-said.ts';
import type { Hold, Withheld } from '../jobs/hold.ts';
import { isStrict, withheldAsEmpty, withheldBy } from '../jobs/hold.ts';

export interface ApplyRequest {
  readonly loaded: Loaded;
  readonly applier: Applier;
  readonly flags: Hold;
  readonly signal: AbortSignal;
}

/** What became of an input. `loaded` is what was tried last: its findings are all that there is to say. */
export interface Applied {
  readonly loaded: Loaded;
  readonly outcome: Exclude<ApplyOutcome, { kind: 'refused' }> | Withheld;
}

/** Serves an input, or with `isolate` what is right of it, and reports at its Ingresses what nginx has against it. */
export async function applyLoaded({ loaded, applier, flags, signal }: ApplyRequest): Promise<Applied> {
  const withheld = withheldBy(loaded, flags) ?? emptiness(loaded, applier, flags);
  if (withheld !== undefined) return { loaded, outcome: withheld };
  const render = (routing: Routing): Steps<FileSet> =>
    renderSteps(routing, renderOptions(applier), loaded.memory?.render);
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'interrupted' } };
  const warned = isStrict(flags) ? await warnedBy({ loaded, files, flags }, applier, signal) : undefined;
  if (warned !== undefined) return { loaded, outcome: warned };
  const outcome = await applier.apply(candidateOf(loaded, files), signal);
  if (outcome.kind !== 'refused') return settled(loaded, files, outcome);
  const ask = (changed: FileSet): Promise<NginxVerdict> => applier.test(changed, signal);
  const recovery = await recover({ loaded, files, stderr: outcome.stderr, render, ask, signal }, flags.onError);
  if (recovery.kind === 'withheld') return { loaded: recovery.loaded, outcome: recovery };
  if (recovery.kind !== 'isolated') return { loaded, outcome: recovery };
  const left = emptiness(recovery.loaded, applier, flags);
  if (left !== undefined) return { loaded: recovery.loaded, outcome: left };
  const second = await applier.apply(candidateOf(recovery.loaded, recovery.files), signal);
  return second.kind === 'refused'
    ? { loaded: recovery.loaded, outcome: failure(whatNginxSaid(second.stderr)) }
    : settled(recovery.loaded, recovery.files, second);
}

interface Asked {
  readonly loaded: Loaded;
  readonly files: FileSet;
  readonly flags: Hold;
}

/** Whether warnings of nginx, which it gives before anything is changed, hold back what would be served. */
async function warnedBy(
  { loaded, files, flags }: Asked,
  applier: Applier,
  signal: AbortSignal,
): Promise<Withheld | undefined> {
  const verdict = await applier.test(files, signal);
  if (verdict.kind === 'accepted') reportWarnings({ loaded, files, stderr: verdict.stderr });
  return withheldBy(loaded, flags);
}

function emptiness(loaded: Loaded, applier: Applier, flags: Hold): Withheld | undefined {
  return withheldAsEmpty(loaded, flags, () => isOfIngresses(applier.current()?.routes ?? []));
}

/** Whether any of the routes is there because an Ingress asked for it. */
export function isOfIngresses(routes: readonly RouteRow[]): boolean {
  return routes.some(({ ingress }) => ingress !== undefined);
}

/** The syntax and the places that fit the nginx that will serve it. */
export function renderOptions({ version, layout }: Pick<Applier, 'version' | 'layout'>): RenderOptions {
  return { ...(version === undefined ? {} : { version }), ...(layout === undefined ? {} : { system: layout }) };
}

function candidateOf({ routing, memory }: Loaded, files: FileSet): Candidate {
  const { addresses, httpPort, httpsPort } = routing.listeners;
  const streams = routing.streams.filter(stream => stream.protocol === 'TCP').map(stream => stream.port);
  return { files, routes: routesOf(routing, memory?.routes), addresses, ports: [httpPort, httpsPort, ...streams] };
}

/** Reports what nginx warns of, and what it said when it was told to serve it, as far as an Ingress is behind it. */
function settled(loaded: Loaded, files: FileSet, outcome: Exclude<ApplyOutcome, { kind: 'refused' }>): Applied {
  if (outcome.kind === 'serving') reportWarnings({ loaded, files, stderr: outcome.stderr });
  if (outcome.kind === 'rolled-back') {
    const conf = confOf(files);
    const refusal = readRefusal(outcome.stderr, conf, loaded.routing);
    const isOurs = refusal !== undefined && !refusal.isOfMachine && refusal.suspects.length > 0;
    if (isOurs) for (const finding of explainComplaint(outcome.stderr, conf, loaded.routing)) loaded.report(finding);
  }
  return { loaded, outcome };
}
