import type { InputState, LiveEvent, NginxEvent } from './events.ts';

/** What is known of a watch, for those who ask whether it works. Times are of a clock that only grows. */
export interface Health {
  readonly inputs: ReadonlyMap<string, InputState>;
  /** When the first change came that no sync has followed. */
  readonly waitingSince?: number;
  readonly isDelivered: boolean;
  /** Why the latest sync delivered nothing. */
  readonly problem?: string;
  readonly isNginxGone: boolean;
}

/** No sync takes so long: nginx has a minute for a test, and syncs wait for two seconds at most. */
const LONGEST_WAIT_MS = 5 * 60_000;

export function emptyHealth(): Health {
  return { inputs: new Map(), isDelivered: false, isNginxGone: false };
}

export function withHealthEvent(health: Health, event: LiveEvent, now: number): Health {
  switch (event.kind) {
    case 'input':
      return { ...health, inputs: new Map([...health.inputs, [event.type, event.state]]) };
    case 'changed':
      return { ...health, waitingSince: health.waitingSince ?? now };
    case 'synced': {
      const { waitingSince: _waiting, problem: _problem, ...rest } = health;
      const isServed = event.outcome === 'applied' || event.outcome === 'unchanged';
      const problem = isServed
        ? undefined
        : `${event.outcome}${event.problem === undefined ? '' : `: ${event.problem}`}`;
      const isNginxGone = rest.isNginxGone && !isServed;
      return {
        ...rest,
        isNginxGone,
        isDelivered: rest.isDelivered || isServed,
        ...(problem === undefined ? {} : { problem }),
      };
    }
    case 'nginx':
      return { ...health, isNginxGone: isGoneAfter(event) };
    case 'leader':
    case 'published':
    case 'forward':
    case 'trouble':
      return health;
  }
}

/** Where not even the earlier release could be served again, nothing is. */
function isGoneAfter({ action, release }: NginxEvent): boolean {
  return action === 'died' || action === 'stopped' || (action === 'rolled-back' && release === undefined);
}

/** Why the loop does not work any more; undefined when it does. */
export function livenessProblem({ inputs, waitingSince }: Health, now: number): string | undefined {
  if (waitingSince === undefined || now - waitingSince < LONGEST_WAIT_MS) return undefined;
  // As long as the input is not known, a change has to wait.
  if ([...inputs.values()].some(state => state === 'listing' || state === 'retrying')) return undefined;
  return `a change has been waiting for ${Math.round((now - waitingSince) / 1_000)} s`;
}

/** Why nothing is served yet, or any more; undefined when the last good configuration is. */
export function readinessProblem({ inputs, isDelivered, problem, isNginxGone }: Health): string | undefined {
  if (isNginxGone) return 'nginx is not running';
  if (isDelivered) return undefined;
  if (problem !== undefined) return `nothing has been served yet: ${problem}`;
  const reasons = [
    reasonOf('waiting for', inputs, state => state === 'listing' || state === 'retrying'),
    reasonOf('the API server forbids', inputs, state => state === 'forbidden'),
  ].filter(reason => reason !== '');
  return ['nothing has been served yet', reasons.join('; ')].filter(part => part !== '').join(': ');
}

function reasonOf(verb: string, inputs: Health['inputs'], counts: (state: InputState) => boolean): string {
  const types = [...inputs].filter(([, state]) => counts(state)).map(([type]) => type);
  return types.length === 0 ? '' : `${verb} ${types.join(', ')}`;
}
