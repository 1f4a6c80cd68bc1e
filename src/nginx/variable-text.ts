import { asAsked } from './as-asked.ts';
import { escapedUri } from './escaped-uri.ts';
import { quoteLines, quoteParts } from './quote.ts';

import type { Tools } from './parts.ts';
import type { Quoted, TokenPart } from './quote.ts';
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

type Needed = Pick<Tools, 'declare' | 'facts'>;

function partsHere(parts: readonly TextPart[], { declare, facts }: Needed): readonly TokenPart[] {
  return parts.map(part => {
    if (!('ofController' in part)) return part;
    if (isOfLocation(part.ofController)) declare.once('policies/location-names.http.conf');
    if (part.ofController === 'escaped_request_uri') declare.once('escaped-uri.http.conf', escapedUri());
    const variable = nameHere(part.ofController, facts);
    return variable === '' ? { text: '' } : { variable };
  });
}

/** A text in which variables are replaced, as one token. */
export function quoteVariables(parts: readonly TextPart[], tools: Needed): Quoted {
  return quoteParts(partsHere(parts, tools), tools.declare);
}

/** Characters of a token at most: half of what nginx takes, if each is an escaped one. */
const LONGEST = 1000;

/** A text of any length, as tokens that nginx puts together. */
export function quoteFormat(parts: readonly TextPart[], tools: Needed): readonly Quoted[] {
  const tokens: TokenPart[][] = [[]];
  let length = 0;
  for (const part of partsHere(parts, tools)) {
    for (const piece of 'text' in part ? cut(part.text) : [part]) {
      const own = 'text' in piece ? piece.text.length : piece.variable.length + 3;
      if (length + own > LONGEST) {
        tokens.push([]);
        length = 0;
      }
      tokens.at(-1)?.push(piece);
      length += own;
    }
  }
  return tokens.map(token => quoteLines(token, tools.declare));
}

function cut(text: string): readonly TokenPart[] {
  return Array.from(text.match(/[\s\S]{1,500}/gu) ?? [], piece => ({ text: piece }));
}
