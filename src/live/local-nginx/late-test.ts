import type { ProgramEnd } from '../run-program.ts';

type Unended = Exclude<ProgramEnd, { kind: 'ended' }>;

/** How a test of nginx came to nothing; if its time was over, with what it most likely waited for. */
export function explainLate(end: Unended): Unended {
  if (end.kind !== 'failed' || end.isLate !== true) return end;
  const reason =
    'nginx resolves the names of ExternalName Services during the test, and may be waiting for a DNS server';
  return { ...end, problem: `${end.problem}: ${reason}; see --resolver` };
}
