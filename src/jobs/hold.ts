import { DEFAULT_HOST } from '../compile/hosts.ts';
import type { LeftOut } from '../compile/selection.ts';
import { servedIngresses } from '../compile/served.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Severity } from '../diagnostics/rule.ts';
import { countSeverities, isError } from '../diagnostics/severities.ts';
import { emptyInput } from '../input/rules/empty-input.ts';
import type { Routing } from '../routing/model.ts';
import type { Loaded } from './loaded.ts';

/** With errors: nothing is done, or what is right is served. */
export type ErrorReaction = 'fail' | 'isolate';

/** The least severity that counts as a failure. */
export type Threshold = Severity | 'never';

/** What is wanted of input that is not as it should be. */
export interface Hold {
  readonly onError: ErrorReaction;
  readonly failOn: Threshold;
  /** Input that serves nothing may replace what serves something. */
  readonly allowEmpty?: boolean | undefined;
}

/** Nothing is changed because of what was found in the input. */
export interface Withheld {
  readonly kind: 'withheld';
  /** Why; undefined where errors among the findings say it. */
  readonly reason?: HoldReason;
  readonly advice?: WayOut;
}

export type HoldReason =
  /** Findings below errors; `notes` counts only where they hold back. */
  | { readonly kind: 'findings'; readonly threshold: Threshold; readonly warnings: number; readonly notes: number }
  | { readonly kind: 'no-ingress' }
  /** Every Ingress is of another class, or of none. */
  | { readonly kind: 'skipped'; readonly leftOut: readonly LeftOut[] }
  | { readonly kind: 'nothing-served' };

/** What would do it all the same. `other-nginx`: testing with an nginx of the version that was asked for. */
export type WayOut = 'isolate' | 'allow-empty' | 'other-nginx';

/** Why findings keep an input from being written or served; undefined when they do not. */
export function withheldBy(
  loaded: Pick<Loaded, 'diagnostics' | 'routing'>,
  { onError, failOn }: Hold,
): Withheld | undefined {
  const { diagnostics } = loaded;
  if (diagnostics.some(({ rule }) => rule === emptyInput)) return { kind: 'withheld' };
  const reason = reasonOfThreshold(diagnostics, failOn);
  if (onError === 'fail' && diagnostics.some(isError)) {
    // What would be held back all the same, or would serve nothing, is no advice.
    const isAdvised = reason === undefined && isAnythingServed(loaded);
    return { kind: 'withheld', ...(isAdvised ? { advice: 'isolate' } : {}) };
  }
  return reason === undefined ? undefined : { kind: 'withheld', reason };
}

/** Whether a request would reach a backend, or be sent elsewhere, were the rest left out. */
function isAnythingServed({ routing }: Pick<Loaded, 'routing'>): boolean {
  return routing.streams.length > 0 || leadsSomewhere(routing);
}

function leadsSomewhere({ servers }: Routing): boolean {
  return servers.some(({ locations }) =>
    locations.some(({ target, from }) => target.kind !== 'status' && from.length > 0),
  );
}

/** Whether less than an error holds back. */
export function isStrict({ failOn }: Pick<Hold, 'failOn'>): boolean {
  return failOn === 'warning' || failOn === 'info';
}

/** What the threshold holds back beyond errors, about which `onError` decides. */
function reasonOfThreshold(diagnostics: readonly Diagnostic[], threshold: Threshold): HoldReason | undefined {
  const { warning: warnings, info } = countSeverities(diagnostics);
  const notes = threshold === 'info' ? info : 0;
  const isOver = isStrict({ failOn: threshold }) && warnings + notes > 0;
  return isOver ? { kind: 'findings', threshold, warnings, notes } : undefined;
}

/**
 * Why an input that serves nothing must not replace what serves something: the wrong context or namespace of kubectl,
 * a misspelt class, or a command before the pipe that failed would take every host down.
 *
 * @param standing Whether anything that an Ingress asked for is written or served now.
 */
export function withheldAsEmpty(loaded: Loaded, { allowEmpty }: Hold, standing: () => boolean): Withheld | undefined {
  if (allowEmpty === true) return undefined;
  const reason = whatIsMissing(loaded);
  if (reason === undefined || !standing()) return undefined;
  return { kind: 'withheld', reason, advice: 'allow-empty' };
}

/** Why an input serves nothing; undefined when it serves something. */
function whatIsMissing({
  routing,
  ingresses,
  counts,
  leftOut,
  diagnostics,
  documents,
}: Loaded): HoldReason | undefined {
  if (routing.streams.length > 0) return undefined;
  if (counts.ingresses === 0) {
    // Whoever brings the class and no Ingress of it says that there are none any more.
    return documents.some(({ kind }) => kind === 'IngressClass') ? undefined : { kind: 'no-ingress' };
  }
  if (leftOut.length === counts.ingresses) return { kind: 'skipped', leftOut };
  // To close a host that was open is to serve something.
  if (leadsSomewhere(routing) || routing.servers.some(({ host }) => host !== DEFAULT_HOST)) return undefined;
  // A Service that has no pod for a while is no reason: nothing is wrong with the input then.
  if (!diagnostics.some(isError) && servedIngresses(routing, ingresses).length > 0) return undefined;
  return { kind: 'nothing-served' };
}
