import { createHash } from 'node:crypto';

import type { BackendRef } from '../cluster/backend-ref.ts';
import type { Affinity } from '../routing/policies/affinity.ts';
import type { Share, SharedPolicy, Sharing } from './family.ts';

/**
 * What the cookies of a Service end in. That of the controller, so that cookies which it has given hold here.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer/sticky.lua, sync.
 */
export function markOf({ namespace, service, port }: BackendRef): string {
  const name = `${namespace}-${service}-${'name' in port ? port.name : port.number}`;
  return md5(md5(name) + name);
}

/**
 * Clients stay on the side that has served them, whatever the rules of the canary say. The cookies of the main side have
 * its mark or none; those of the canary have its mark, unless it is to give none.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer.
 */
export function shareAffinity(affinity: Affinity, { main, other, share }: Sharing): SharedPolicy<Affinity> {
  const rule = (end: string, isTaken: boolean): Share['rules'][number] => ({
    when: { of: 'header', name: 'Cookie', is: { kind: 'regex', regex: lastCookie(affinity.cookie.name, end) } },
    isTaken,
  });
  const stays = rule(String.raw`(?:\|${markOf(main)})?`, false);
  if (!share.isSticky) return { asks: undefined, rules: [stays] };
  const mark = markOf(other);
  return { asks: { ...affinity, mark }, rules: [stays, rule(String.raw`\|${mark}`, true)] };
}

/**
 * Of several cookies of the name the last counts, as in the controller. `end` is what follows the key in its value. What
 * has been looked ahead to is not tried again for another cookie, so that it takes no longer however many a client sends.
 */
function lastCookie(name: string, end: string): string {
  const given = `${name.replaceAll('.', String.raw`\.`)}=`;
  return String.raw`^(?=((?:.*[;\s])?${given}))\1[^;\s|]+${end}(?:[;\s]|$)`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
