import { asAsked } from './as-asked.ts';
import { ESCAPED_URI } from './escaped-uri.ts';
import { quoteParts } from './quote.ts';

import type { Tools } from './parts.ts';
import type { Quoted } from './quote.ts';
import { isOfLocation } from '../routing/variable-text.ts';
import type { ControllerVariable, TextPart } from '../routing/variable-text.ts';

/** What variables of the controller are called here; empty for one that has no counterpart. */
function nameHere(name: ControllerVariable, facts: Tools['facts']): string {
  const { scheme, host, port } = asAsked(facts);
  const others: Readonly<Partial<Record<ControllerVariable, string>>> = {
    best_http_host: host.slice(1),
    pass_access_scheme: scheme.slice(1),
    pass_port: port.slice(1),
    pass_server_port: 'server_port',
    proxy_upstream_name: 'proxy_host',
    // Which side of a split was chosen is in no variable that all locations have.
    proxy_alternative_upstream_name: '',
    the_real_ip: 'remote_addr',
  };
  return others[name] ?? name;
}

/** A text in which variables are replaced, as one token. */
export function quoteVariables(
  parts: readonly TextPart[],
  { declare, facts }: Pick<Tools, 'declare' | 'facts'>,
): Quoted {
  const here = parts.map(part => {
    if (!('ofController' in part)) return part;
    if (isOfLocation(part.ofController)) declare.once('policies/location-names.http.conf');
    if (part.ofController === 'escaped_request_uri') declare.once('escaped-uri.http.conf', ESCAPED_URI);
    const variable = nameHere(part.ofController, facts);
    return variable === '' ? { text: '' } : { variable };
  });
  return quoteParts(here, declare);
}
