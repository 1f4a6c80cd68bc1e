import type { EventSink } from '../events.ts';

/** Says each problem once, as trouble with `what`. */
export function tellOnce(onEvent: EventSink, what: string): (problem: string, retryInMs?: number) => void {
  const said = new Set<string>();
  return (problem, retryInMs) => {
    if (said.has(problem)) return;
    said.add(problem);
    onEvent({ kind: 'trouble', what, problem, ...(retryInMs === undefined ? {} : { retryInMs }) });
  };
}
