import type { Location } from '../../routing/model.ts';
import type { Cause, SentHeader } from '../explain/model.ts';
import type { ChangeKind } from './kinds.ts';

/** A location, as `routes` names it: `_` is any other host. */
export interface RouteName {
  readonly host: string;
  readonly match: Location['match'];
  readonly path: string;
}

/** What it was, or is now. */
export interface ChangeSide {
  /** A few words, without a full stop. Text of manifests is as it is. */
  readonly text: string;
  /** Who asked for it. */
  readonly causes: readonly Cause[];
}

/** Something that clients can notice: the same for all of its routes. */
export interface Change {
  readonly kind: ChangeKind;
  /** What it is about, if not about routes alone: a host, a Service, a port; undefined for all of nginx. */
  readonly subject: string | undefined;
  /** Empty where it is about no route, or about all of a host or of nginx. */
  readonly routes: readonly RouteName[];
  /** Undefined: there was nothing of it. */
  readonly before: ChangeSide | undefined;
  readonly after: ChangeSide | undefined;
  /** A request that is answered differently, where one is known. */
  readonly example?: ChangeExample;
}

export interface ChangeExample {
  readonly method: string;
  readonly url: string;
  readonly headers?: readonly SentHeader[];
  readonly clientIp?: string;
  /** What each side makes of it, in a few words: `shop/web:80 gets /cart`, `401: …`. */
  readonly before: string;
  readonly after: string;
}

/** What no client notices, and a reviewer may want to know. */
export interface DiffNote {
  readonly text: string;
  readonly routes: readonly RouteName[];
}

/** What clients get of two routings. */
export interface RoutingDiff {
  /** The most risky first, then in the order of the kinds, then by host and path. */
  readonly changes: readonly Change[];
  readonly notes: readonly DiffNote[];
  /** Routes of each side, and those of both that nothing above is about. */
  readonly counts: { readonly before: number; readonly after: number; readonly unchanged: number };
}

/** A change before equal ones are put together. */
export type OneChange = Omit<Change, 'routes' | 'example'> & { readonly route: RouteName | undefined };
