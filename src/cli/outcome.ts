import type { OutcomeReport, ServedFacts, ServingOutcome } from '../jobs/outcome.ts';
import { troubleOf } from '../jobs/outcome.ts';
import { visibleJson } from '../report/plain-text.ts';
import { many } from '../diagnostics/words.ts';
import { wordsOf } from './withheld-text.ts';

type RolledBack = Extract<ServingOutcome, { kind: 'rolled-back' }>;

/** `serving release 3-1a2b3c4d: nginx 1234 reloaded, 4 workers, 27 routes, http://127.0.0.1:8080`, without a line end. */
export function outcomeLine({ outcome, served }: OutcomeReport): string {
  const where = [
    ...(served === undefined ? [] : [many(served.routes, 'route')]),
    ...((served?.address ?? '') ? [served?.address ?? ''] : []),
  ];
  switch (outcome.kind) {
    case 'serving': {
      const { release, pid, action, workers } = outcome;
      return `serving release ${release}: ${[`nginx ${pid} ${action}`, many(workers, 'worker'), ...where].join(', ')}`;
    }
    case 'unchanged':
      return `unchanged: ${[`release ${outcome.release}`, `nginx ${outcome.pid} not reloaded`, ...where].join(', ')}`;
    case 'withheld': {
      const { reason, advice } = wordsOf(outcome);
      const why = reason === undefined ? '' : `: ${reason}`;
      return `nothing was applied${why}${stays(served)}${advice === undefined ? '' : `; ${advice}`}`;
    }
    case 'interrupted':
      return `interrupted: nothing was applied${stays(served)}`;
    case 'failed':
      return `nothing was applied${stays(served)}`;
    case 'rolled-back':
      return `nothing was applied; ${whatIsLeft(outcome, served)}`;
  }
}

function whatIsLeft({ restored, pid }: RolledBack, served: ServedFacts | undefined): string {
  if (restored !== undefined) return `rolled back to release ${restored}`;
  const nginx = pid === undefined ? 'nginx is not running' : `nginx ${pid} keeps the configuration that it loaded last`;
  if (served !== undefined) return `rollback to release ${served.release} failed, and ${nginx}`;
  return `there is no previous release to roll back to, and ${nginx}`;
}

function stays(served: ServedFacts | undefined): string {
  return served === undefined ? '' : `; release ${served.release} stays`;
}

/** For programs: docs/schemas/outcome.json describes it. */
export function outcomeJson({ outcome, served }: OutcomeReport): string {
  const isServing = outcome.kind === 'serving' || outcome.kind === 'unchanged';
  return `${visibleJson({
    formatVersion: 1,
    outcome: outcome.kind,
    action: outcome.kind === 'serving' ? outcome.action : undefined,
    release: isServing ? outcome.release : outcome.kind === 'rolled-back' ? outcome.restored : served?.release,
    pid: isServing ? outcome.pid : undefined,
    workers: outcome.kind === 'serving' ? outcome.workers : undefined,
    routes: served?.routes,
    address: served?.address,
    reason: outcome.kind === 'withheld' ? wordsOf(outcome).reason : undefined,
    problem: troubleOf(outcome),
  })}\n`;
}
