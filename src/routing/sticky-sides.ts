import { createHash } from 'node:crypto';

import type { SplitRule } from './model.ts';
import type { Affinity } from './policies/affinity.ts';

/** A Service of a split. `upstream` is its name in the routing, `backend` what the controller calls it: `shop-web-80`. */
export interface Side {
  readonly upstream: string;
  readonly backend: string;
}

/**
 * What the cookies of a Service end in. That of the controller, so that cookies which it has given hold here.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer/sticky.lua, sync.
 */
export function markOf(backend: string): string {
  return md5(md5(backend) + backend);
}

/**
 * The rules of a split that keep clients on the side that has served them, before all others. The cookies of the main
 * side have its mark or none; those of the canary have its mark, unless it gives none (`legacy`).
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer.
 */
export function stickyRules(
  { cookie }: Affinity,
  sides: { readonly main: Side; readonly canary: Side },
  isSticky: boolean,
): readonly SplitRule[] {
  const rule = (end: string, { upstream }: Side): SplitRule => ({
    when: { of: 'header', name: 'Cookie', is: { kind: 'regex', regex: lastCookie(cookie.name, end) } },
    to: upstream,
  });
  const main = rule(String.raw`(?:\|${markOf(sides.main.backend)})?`, sides.main);
  return isSticky ? [main, rule(String.raw`\|${markOf(sides.canary.backend)}`, sides.canary)] : [main];
}

/** The affinity of a main Service as its canary has it. */
export function withMark(affinity: Affinity, { backend }: Pick<Side, 'backend'>): Affinity {
  return { ...affinity, mark: markOf(backend) };
}

/** Of several cookies of the name the last counts, as in the controller. `end` is what follows the key in its value. */
function lastCookie(name: string, end: string): string {
  const given = `${name.replaceAll('.', String.raw`\.`)}=`;
  return String.raw`(?:^|[;\s])${given}[^;\s|]+${end}(?=[;\s]|$)(?!.*[;\s]${given})`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
