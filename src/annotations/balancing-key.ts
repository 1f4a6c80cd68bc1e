import { isKnownVariable } from '../routing/nginx-variables.ts';
import type { KeyPart } from '../routing/policies/balancing.ts';

/** As the controller reads it: any other text, and a dollar that begins no variable, stand for themselves. */
const PART = /\$\{(?<braced>\w+)\}|\$(?<plain>\w+)|(?<text>[^$]+)|\$/g;
/** A group of the expression of the location. */
const GROUP = /^[1-9]$/;
/** Those of the modules that are needed here anyway. */
const OF_MODULES =
  /^(?:proxy_add_x_forwarded_for|ssl_(?:session_id|server_name|protocol|cipher|client_(?:fingerprint|s_dn|serial)))$/i;

/** Variables that the controller makes: how the client asked, which proxies may say, and one that nginx has itself. */
const OF_CONTROLLER: ReadonlyMap<string, string> = new Map([['the_real_ip', 'remote_addr']]);
const AS_ASKED = /^(?:best_http_host|pass_access_scheme|pass_server_port)$/i;

interface ReadKey {
  readonly parts: readonly KeyPart[];
  /** As they are written. */
  readonly unknown: readonly string[];
}

/**
 * What requests are told apart by. A variable that nginx does not have is no part of it, as in the controller; nor is a
 * dollar without a name, which is in all keys alike.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/util.lua, parse_complex_value and generate_var_value.
 */
export function readHashKey(value: string): ReadKey {
  const parts: KeyPart[] = [];
  const unknown: string[] = [];
  for (const [written, ...groups] of value.matchAll(PART)) {
    const [braced, plain, text] = groups;
    const name = braced ?? plain;
    if (name === undefined) {
      if (text !== undefined) parts.push({ text });
      continue;
    }
    const variable = OF_CONTROLLER.get(name) ?? name;
    const isKnown =
      GROUP.test(variable) || AS_ASKED.test(variable) || OF_MODULES.test(variable) || isKnownVariable(variable);
    if (isKnown) parts.push({ variable: variable.toLowerCase() });
    else unknown.push(written);
  }
  return { parts, unknown };
}
