import type { LiveEvent } from '../live/events.ts';

/**
 * Tells news from repetitions: an input is news when its state changes, not when its number of objects does, and so is
 * a forward, which may be begun again for the same reason for hours, and a sync that fails again for the same reason.
 */
export function openNews(): (event: LiveEvent) => boolean {
  const states = new Map<string, string>();
  return event => {
    if (event.kind === 'synced' && event.outcome !== 'failed') for (const of of OF_SYNC) states.delete(of);
    const told = stateOf(event);
    if (told === undefined) return true;
    const isNew = states.get(told.of) !== told.state;
    states.set(told.of, told.state);
    return isNew;
  };
}

const OF_SYNC = ['sync', 'trouble sync'];

function stateOf(event: LiveEvent): { readonly of: string; readonly state: string } | undefined {
  if (event.kind === 'synced' && event.outcome === 'failed') return { of: 'sync', state: event.problem ?? '' };
  if (event.kind === 'trouble' && event.what === 'sync') return { of: 'trouble sync', state: event.problem };
  if (event.kind !== 'input' && event.kind !== 'forward') return undefined;
  const name = event.kind === 'input' ? event.type : event.service;
  return { of: `${event.kind} ${name}`, state: `${event.state} ${event.problem ?? ''}` };
}
