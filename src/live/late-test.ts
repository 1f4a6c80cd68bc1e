import type { ProgramEnd } from './run-program.ts';

type Unended = Exclude<ProgramEnd, { kind: 'ended' }>;

/** How a test of nginx came to nothing; if its time was over, with what it most likely waited for. */
export function explainLate(end: Unended): Unended {
  if (end.kind !== 'failed' || end.isLate !== true) return end;
  const reason = 'nginx looks names of ExternalName Services up while it tests, and may wait for a DNS server';
  return { ...end, problem: `${end.problem}: ${reason}; see --resolver` };
}
