import { reasonOfAll } from '../compile/selection.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { countSeverities } from '../diagnostics/severities.ts';
import type { HoldReason, WayOut, Withheld } from '../jobs/hold.ts';
import { many } from '../diagnostics/words.ts';

/** What keeps an input from being written or served, and what would do it all the same; each a part of a line. */
interface WithheldWords {
  readonly reason?: string;
  readonly advice?: string;
}

/** In the words of the command line. */
export function wordsOf({ reason, advice }: Withheld): WithheldWords {
  return {
    ...(reason === undefined ? {} : { reason: reasonText(reason) }),
    ...(advice === undefined ? {} : { advice: ADVICE[advice] }),
  };
}

const ADVICE: Readonly<Record<WayOut, string>> = {
  isolate: 'use --on-error isolate to leave out the invalid Ingresses',
  'allow-empty': 'use --allow-empty to replace it anyway',
  'other-nginx': '--test needs an nginx of the version given with --nginx-version; choose it with --nginx',
};

function reasonText(reason: HoldReason): string {
  switch (reason.kind) {
    case 'findings': {
      const { warnings, notes, threshold } = reason;
      const counted = [
        ...(warnings > 0 ? [many(warnings, 'warning')] : []),
        ...(notes > 0 ? [many(notes, 'note')] : []),
      ];
      return `${counted.join(' and ')} with --fail-on ${threshold === 'info' ? 'note' : threshold}`;
    }
    case 'no-ingress':
      return 'the input contains no Ingress';
    case 'skipped':
      return `${many(reason.leftOut.length, 'Ingress', 'Ingresses')} skipped (${reasonOfAll(reason.leftOut)}), none left`;
    case 'nothing-served':
      return 'no Ingress in the input can be served';
  }
}

/** `nothing was written to out: 2 warnings with --fail-on warning`, without a line end. */
export function withheldText(what: string, { reason, advice }: WithheldWords): string {
  return [reason === undefined ? what : `${what}: ${reason}`, ...(advice === undefined ? [] : [advice])].join('; ');
}

/** The same where the findings stand in lines of their own: `2 errors; --on-error isolate …`. */
export function withheldProblem(withheld: Withheld, diagnostics: readonly Diagnostic[]): string {
  const { reason, advice } = wordsOf(withheld);
  const errors = countSeverities(diagnostics).error;
  return withheldText(reason ?? many(errors, 'error'), advice === undefined ? {} : { advice });
}
