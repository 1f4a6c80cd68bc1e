import type { LiveEvent } from '../live/events.ts';

/**
 * Tells news from repetitions: an input is news when its state changes, not when its number of objects does, and so is
 * a forward, which may be begun again for the same reason for hours.
 */
export function openNews(): (event: LiveEvent) => boolean {
  const states = new Map<string, string>();
  return event => {
    const told = stateOf(event);
    if (told === undefined) return true;
    const isNew = states.get(told.of) !== told.state;
    states.set(told.of, told.state);
    return isNew;
  };
}

function stateOf(event: LiveEvent): { readonly of: string; readonly state: string } | undefined {
  if (event.kind !== 'input' && event.kind !== 'forward') return undefined;
  const name = event.kind === 'input' ? event.type : event.service;
  return { of: `${event.kind} ${name}`, state: `${event.state} ${event.problem ?? ''}` };
}
