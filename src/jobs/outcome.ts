import { failure } from '../diagnostics/failure.ts';
import { readable } from '../diagnostics/visible.ts';
import type { ApplyOutcome } from '../live/apply/model.ts';
import type { Withheld } from './hold.ts';
import { whatNginxSaid } from './nginx-said.ts';

/** What an attempt to serve came to: what nginx refuses is a finding, or trouble where no manifest is at hand. */
export type ServingOutcome = Exclude<ApplyOutcome, { kind: 'refused' }> | Withheld;

/** What an apply or a rollback came to, with what people want to know of it. */
export interface OutcomeReport {
  readonly outcome: ServingOutcome;
  /** What is served at the end; undefined when nothing is, or nobody knows. */
  readonly served: ServedFacts | undefined;
}

export interface ServedFacts {
  readonly release: string;
  readonly routes: number;
  /** Such as `http://127.0.0.1:8080`; undefined where only the release knows its ports. */
  readonly address: string | undefined;
}

/** Where the manifests behind a configuration are not at hand, what nginx has against it is no finding. */
export function withoutRefusal(outcome: ApplyOutcome): Exclude<ApplyOutcome, { kind: 'refused' }> {
  return outcome.kind === 'refused' ? failure(whatNginxSaid(outcome.stderr)) : outcome;
}

/** What is wrong with the environment, in one line; undefined when that is not what kept it from being served. */
export function troubleOf(outcome: ServingOutcome): string | undefined {
  switch (outcome.kind) {
    case 'failed':
      return readable(outcome.problem);
    case 'rolled-back': {
      const said = outcome.stderr.trim() === '' ? '' : `; ${whatNginxSaid(outcome.stderr)}`;
      return readable(`${outcome.problem}${said}`);
    }
    case 'serving':
    case 'unchanged':
    case 'withheld':
    case 'interrupted':
      return undefined;
  }
}
