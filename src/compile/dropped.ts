import type { Ingress } from '../resources/model.ts';

/*
 * An Ingress drops out as a whole when the API server or nginx refuses it, when the controller would not take it, or
 * when it cannot be told what it asks for. What it asked for is closed then (503), since something broader would serve
 * it, perhaps without its password: a shorter path, the rest of its host, a wildcard host, the default server. This file
 * says what that means for others; `closed-paths.ts` says it for single paths.
 *
 *  - Its hosts, paths and default backend keep their places, closed. A path that another Ingress has word for word is
 *    that one's.
 *  - It gives its hosts nothing else: no certificate, no redirect, no regular expressions, as in the controller.
 */

/** What tells an Ingress that is served from one that only closes what it asked for. */
export interface Standing {
  readonly ingress: Ingress;
  readonly isDropped: boolean;
}

/** Whether somebody who wants a place word for word has it instead of its holder. */
export function givesWay(holder: Standing | undefined, other: Standing): boolean {
  return holder?.isDropped === true && !other.isDropped;
}

/**
 * Whose claim decides on the rest of a host: the oldest that is served. One that dropped out does so only if it would
 * have served the rest itself.
 *
 * @param claims the oldest first
 */
export function restClaim<C extends { readonly plan: Standing }>(claims: readonly C[]): C | undefined {
  return claims.find(({ plan }) => !plan.isDropped || plan.ingress.defaultBackend !== undefined) ?? claims[0];
}
