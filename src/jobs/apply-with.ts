import type { RouteRow } from '../answers/routes.ts';
import { routesOf } from '../answers/routes.ts';
import type { Applier, ApplyOutcome, Candidate } from '../live/apply/model.ts';
import { inTurns } from '../live/in-turns.ts';
import type { NginxVerdict } from '../live/local-nginx/nginx-test.ts';
import { explainComplaint, readRefusal } from '../nginx/complaint.ts';
import type { RenderedFiles } from '../nginx/rendered-files.ts';
import { renderSteps } from '../nginx/render.ts';
import type { RenderOptions } from '../nginx/render.ts';
import type { Routing } from '../routing/model.ts';
import type { Steps } from '../steps/steps.ts';
import type { Hold, Withheld } from './hold.ts';
import { isStrict, withheldAsEmpty, withheldBy } from './hold.ts';
import { reportWarnings } from './isolate.ts';
import type { Loaded } from './loaded.ts';
import type { ServingOutcome } from './outcome.ts';
import { withoutRefusal } from './outcome.ts';
import { withRecord } from './recorded.ts';
import { recover } from './refused.ts';

export interface ServingInput {
  readonly loaded: Loaded;
  readonly hold: Hold;
  readonly signal: AbortSignal;
}

/** What became of an input. `loaded` is what was tried last: its findings are all that there is to say. */
export interface Applied {
  readonly loaded: Loaded;
  readonly outcome: ServingOutcome;
}

/** Serves an input, or with `isolate` what is right of it, and reports at its Ingresses what nginx has against it. */
export async function applyWith(applier: Applier, input: ServingInput): Promise<Applied> {
  const { loaded, hold, signal } = input;
  const withheld = withheldBy(loaded, hold) ?? emptiness(loaded, applier, hold);
  if (withheld !== undefined) return { loaded, outcome: withheld };
  const render = (routing: Routing): Steps<RenderedFiles> =>
    renderSteps(routing, renderOptions(applier), loaded.memory?.render);
  const files = await inTurns(render(loaded.routing), signal);
  if (files === undefined) return { loaded, outcome: { kind: 'interrupted' } };
  const warned = isStrict(hold) ? await warnedBy(files, applier, input) : undefined;
  if (warned !== undefined) return { loaded, outcome: warned };
  const outcome = await applier.apply(candidateOf(loaded, files), signal);
  if (outcome.kind !== 'refused') return settled(loaded, files, outcome);
  const ask = (changed: RenderedFiles): Promise<NginxVerdict> => applier.test(changed, signal);
  const recovery = await recover({ loaded, files, stderr: outcome.stderr, render, ask, signal }, hold.onError);
  if (recovery.kind === 'withheld') return { loaded: recovery.loaded, outcome: recovery };
  if (recovery.kind !== 'isolated') return { loaded, outcome: recovery };
  const left = emptiness(recovery.loaded, applier, hold);
  if (left !== undefined) return { loaded: recovery.loaded, outcome: left };
  const second = await applier.apply(candidateOf(recovery.loaded, recovery.files), signal);
  return settled(recovery.loaded, recovery.files, withoutRefusal(second));
}

/** Whether warnings of nginx, which it gives before anything is changed, hold back what would be served. */
async function warnedBy(
  files: RenderedFiles,
  applier: Applier,
  { loaded, hold, signal }: ServingInput,
): Promise<Withheld | undefined> {
  const verdict = await applier.test(files, signal);
  if (verdict.kind === 'accepted') reportWarnings({ loaded, files, stderr: verdict.stderr });
  return withheldBy(loaded, hold);
}

function emptiness(loaded: Loaded, applier: Applier, hold: Hold): Withheld | undefined {
  return withheldAsEmpty(loaded, hold, () => isOfIngresses(applier.current()?.routes ?? []));
}

/** Whether any of the routes is there because an Ingress asked for it. */
export function isOfIngresses(routes: readonly RouteRow[]): boolean {
  return routes.some(({ ingress }) => ingress !== undefined);
}

/** The syntax and the places that fit the nginx that will serve it, which is found with its stream module. */
export function renderOptions({ version, layout }: Pick<Applier, 'version' | 'layout'>): RenderOptions {
  return {
    loadsStreams: true,
    ...(version === undefined ? {} : { version }),
    ...(layout === undefined ? {} : { system: layout }),
  };
}

function candidateOf({ routing, memory }: Loaded, files: RenderedFiles): Candidate {
  const { addresses, httpPort, httpsPort } = routing.listeners;
  const streams = routing.streams.filter(stream => stream.protocol === 'TCP').map(stream => stream.port);
  return {
    files: withRecord(files, { routing, memory }),
    routes: routesOf(routing, memory?.routes),
    addresses,
    ports: [httpPort, httpsPort, ...streams],
  };
}

/** Reports what nginx warns of, and what it said when it was told to serve it, as far as an Ingress is behind it. */
function settled(loaded: Loaded, files: RenderedFiles, outcome: Exclude<ApplyOutcome, { kind: 'refused' }>): Applied {
  if (outcome.kind === 'serving') reportWarnings({ loaded, files, stderr: outcome.stderr });
  if (outcome.kind === 'rolled-back') {
    const refusal = readRefusal(outcome.stderr, files);
    const isOurs = refusal !== undefined && !refusal.isOfMachine && refusal.suspects.length > 0;
    if (isOurs) for (const finding of explainComplaint(outcome.stderr, files)) loaded.report(finding);
  }
  return { loaded, outcome };
}
