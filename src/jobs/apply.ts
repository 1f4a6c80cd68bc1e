import type { Applier } from '../live/apply/model.ts';
import type { Listeners } from '../routing/model.ts';
import type { Applied } from './apply-with.ts';
import { applyWith } from './apply-with.ts';
import type { Hold } from './hold.ts';
import { withheldBy } from './hold.ts';
import type { Loaded } from './loaded.ts';
import type { OutcomeReport, ServedFacts } from './outcome.ts';
import type { ServingRequest } from './serving.ts';
import { withApplier } from './serving.ts';

export interface ApplyRequest extends ServingRequest {
  readonly loaded: Loaded;
  readonly hold: Hold;
}

/** `loaded` is what was tried last: its findings are all that there is to say. */
export interface ApplyRun extends OutcomeReport {
  readonly loaded: Loaded;
  /** What a user should know though all went well, a line each. */
  readonly notes: readonly string[];
}

/** Serves an input with an nginx that nobody else changes meanwhile. */
export async function applyLoaded(request: ApplyRequest): Promise<ApplyRun> {
  const { loaded, hold, signal } = request;
  const withheld = withheldBy(loaded, hold);
  if (withheld !== undefined) return { loaded, outcome: withheld, served: undefined, notes: [] };
  const served = await withApplier(request, 'apply', async applier => {
    const applied = await applyWith(applier, { loaded, hold, signal });
    return { ...applied, served: servedFacts(applied, applier) };
  });
  if (served.kind !== 'done') return { loaded, outcome: served, served: undefined, notes: [] };
  return { ...served.value, notes: served.notes };
}

/** What is served after an apply. */
function servedFacts({ loaded, outcome }: Applied, applier: Applier): ServedFacts | undefined {
  const current = applier.current();
  if (current === undefined) return undefined;
  const isNew = outcome.kind === 'serving' || outcome.kind === 'unchanged';
  const address = isNew ? addressOf(loaded.routing.listeners) : undefined;
  return { release: current.id, routes: current.routes.length, address };
}

/** Where to look at what is served, such as `http://127.0.0.1:8080`. */
function addressOf({ addresses, httpPort }: Listeners): string {
  const [first = ''] = addresses;
  const isAll = addresses.includes('0.0.0.0');
  const address = isAll ? '127.0.0.1' : first === '::' ? '::1' : first;
  return `http://${address.includes(':') ? `[${address}]` : address}${httpPort === 80 ? '' : `:${httpPort}`}`;
}
