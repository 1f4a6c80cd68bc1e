import { variable } from './quote.ts';

import type { RenderFacts } from './parts.ts';
import type { Quoted } from './quote.ts';

/** How a client asked: where a proxy in front of nginx says so and is believed, how it asked there. */
export interface AsAsked {
  readonly scheme: Quoted;
  /** Perhaps with a port. */
  readonly host: Quoted;
  readonly port: Quoted;
}

const OF_CONNECTION: AsAsked = {
  scheme: variable('scheme'),
  host: variable('best_host'),
  port: variable('forwarded_port'),
};

type Facts = Pick<RenderFacts, 'http' | 'listeners'>;

/** Whether the X-Forwarded headers of requests say how a client asked. */
export function isBelieved({ http }: Pick<Facts, 'http'>): boolean {
  return http.forwarded?.asks.isBelieved === true;
}

/** Whether a PROXY protocol or those headers do. */
export function isToldHow(facts: Facts): boolean {
  return isBelieved(facts) || facts.listeners.takesProxyProtocol === true;
}

/**
 * The variables that hold it; those with the names of the controller's are declared by `policies/forwarded.ts`.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/lua_ingress.lua, rewrite.
 */
export function asAsked(facts: Facts): AsAsked {
  if (!isToldHow(facts)) return OF_CONNECTION;
  return {
    scheme: variable('pass_access_scheme'),
    host: isBelieved(facts) ? variable('best_http_host') : OF_CONNECTION.host,
    port: variable('pass_port'),
  };
}
