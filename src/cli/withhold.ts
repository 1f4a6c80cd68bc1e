import { DEFAULT_HOST } from '../compile/hosts.ts';
import { reasonOfAll } from '../compile/selection.ts';
import { servedIngresses } from '../compile/served.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { emptyInput } from '../input/rules/empty-input.ts';
import { countSeverities, many } from '../report/summary.ts';
import type { Threshold } from './flags.ts';
import type { Routing } from '../routing/model.ts';
import type { Loaded } from './load.ts';

/** With errors: nothing is done, or what is right is served. */
export type ErrorReaction = 'fail' | 'isolate';

/** What the user says about input that is not as it should be. */
export interface HoldFlags {
  readonly onError: ErrorReaction;
  readonly failOn: Threshold;
  readonly allowEmpty?: boolean;
}

/** Nothing is changed because of what was found in the input. Both texts are a part of a line. */
export interface Withheld {
  readonly kind: 'withheld';
  /** Why: `2 warnings with --fail-on warning`. Undefined where errors among the findings say it. */
  readonly reason?: string;
  /** What would do it all the same: `use --on-error isolate to leave out the invalid Ingresses`. */
  readonly advice?: string;
}

/** `nothing was written to out: 2 warnings with --fail-on warning`, without a line end. */
export function withheldText(what: string, { reason, advice }: Pick<Withheld, 'reason' | 'advice'>): string {
  return [reason === undefined ? what : `${what}: ${reason}`, ...(advice === undefined ? [] : [advice])].join('; ');
}

/** The same where the findings stand in lines of their own: `2 errors; --on-error isolate …`. */
export function withheldProblem({ diagnostics }: Pick<Loaded, 'diagnostics'>, { reason, advice }: Withheld): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return withheldText(reason ?? many(errors, 'error'), advice === undefined ? {} : { advice });
}

export const ISOLATE = 'use --on-error isolate to leave out the invalid Ingresses';

/** Why findings keep an input from being written or served; undefined when they do not. */
export function withheldBy(loaded: Loaded, flags: HoldFlags): Withheld | undefined {
  const { diagnostics } = loaded;
  if (diagnostics.some(({ rule }) => rule === emptyInput)) return { kind: 'withheld' };
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  const reason = reasonOfThreshold(diagnostics, flags.failOn);
  if (flags.onError === 'fail' && isWrong) {
    // What would be held back all the same, or would serve nothing, is no advice.
    const isAdvised = reason === undefined && isAnythingServed(loaded);
    return { kind: 'withheld', ...(isAdvised ? { advice: ISOLATE } : {}) };
  }
  return reason === undefined ? undefined : { kind: 'withheld', reason };
}

/** Whether a request would reach a backend, were the rest left out. */
function isAnythingServed({ routing }: Loaded): boolean {
  return routing.streams.length > 0 || leadsSomewhere(routing);
}

function leadsSomewhere({ servers }: Routing): boolean {
  return servers.some(({ locations }) =>
    locations.some(({ target, from }) => target.kind === 'upstream' && from.length > 0),
  );
}

/** Whether less than an error holds back. */
export function isStrict({ failOn }: Pick<HoldFlags, 'failOn'>): boolean {
  return failOn === 'warning' || failOn === 'info';
}

/** What `--fail-on` holds back beyond errors, about which `--on-error` decides. */
function reasonOfThreshold(diagnostics: readonly Diagnostic[], failOn: Threshold): string | undefined {
  const { warning, info } = countSeverities(diagnostics);
  const counted = [
    ...(warning > 0 ? [many(warning, 'warning')] : []),
    ...(failOn === 'info' && info > 0 ? [many(info, 'note')] : []),
  ];
  return isStrict({ failOn }) && counted.length > 0
    ? `${counted.join(' and ')} with --fail-on ${failOn === 'info' ? 'note' : failOn}`
    : undefined;
}

/**
 * Why an input that serves nothing must not replace what serves something: the wrong context or namespace of kubectl,
 * a misspelt class, or a command before the pipe that failed would take every host down.
 *
 * @param standing Whether anything that an Ingress asked for is written or served now.
 */
export function withheldAsEmpty(
  loaded: Loaded,
  { allowEmpty }: HoldFlags,
  standing: () => boolean,
): Withheld | undefined {
  if (allowEmpty === true) return undefined;
  const missing = whatIsMissing(loaded);
  if (missing === undefined || !standing()) return undefined;
  return { kind: 'withheld', reason: missing, advice: 'use --allow-empty to replace it anyway' };
}

/** Why an input serves nothing, in words; undefined when it serves something. */
function whatIsMissing({ routing, ingresses, counts, leftOut, diagnostics, documents }: Loaded): string | undefined {
  if (routing.streams.length > 0) return undefined;
  if (counts.ingresses === 0) {
    // Whoever brings the class and no Ingress of it says that there are none any more.
    return documents.some(({ kind }) => kind === 'IngressClass') ? undefined : 'the input contains no Ingress';
  }
  const isLeftOut = leftOut.length === counts.ingresses;
  if (isLeftOut) {
    return `${many(counts.ingresses, 'Ingress', 'Ingresses')} skipped (${reasonOfAll(leftOut)}), none left`;
  }
  // To close a host that was open is to serve something.
  if (leadsSomewhere(routing) || routing.servers.some(({ host }) => host !== DEFAULT_HOST)) return undefined;
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  // A Service that has no pod for a while is no reason: nothing is wrong with the input then.
  if (!isWrong && servedIngresses(routing, ingresses).length > 0) return undefined;
  return 'no Ingress in the input can be served';
}
