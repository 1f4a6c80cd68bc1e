import { asAsked, isToldHow } from '../as-asked.ts';
import { wordsFor } from '../hash-words.ts';
import { bareWord, EMPTY, exactKey, quoteTemplate, variable } from '../quote.ts';

import type { Declarations, SplitClientsSpec } from '../declarations.ts';
import type { RenderFacts, UpstreamRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { KeyPart } from '../../routing/policies/balancing.ts';

/** Of the memory in which the workers count open requests, in kilobytes: what any takes, and what an endpoint does. */
const ZONE = { least: 64, endpoint: 1 };
/** nginx divides in hundredths of a percent. */
const STEPS = 10_000;
/** Those that no request lacks. */
const NEVER_EMPTY =
  /^(?:request_uri|uri|document_uri|(?:best_)?host|scheme|request_method|request_id|(?:binary_)?remote_addr)$/;

/**
 * Spreads requests by a key, or by how busy endpoints are. Affinity goes before; and addresses that are looked up while
 * requests are served have one place in a ring, all of them.
 */
export const renderBalancing: UpstreamRenderer<'balancing'> = {
  block(asks, { name, peers, policies }, { declare, text, facts }) {
    const hasCookie = policies.affinity !== undefined && peers.kind === 'addresses';
    if (hasCookie) return undefined;
    if (asks.kind === 'less-busy') {
      // What is looked up again and again has its memory already.
      const count = peers.kind === 'addresses' ? peers.addresses.length : 1;
      const zone = peers.kind === 'name-at-request' ? undefined : bareWord(name);
      const size = bareWord(`${ZONE.least + count * ZONE.endpoint}k`);
      return text('policies/balancing.less-busy.conf', { zone, size });
    }
    if (peers.kind !== 'addresses') return undefined;
    const key = keyOf(
      asks.key.map(part => ofConnection(part, facts)),
      declare,
    );
    const isRing = asks.subsetSize === undefined;
    const by = asks.subsetSize === undefined ? key : wordOf(key, peers.addresses.length, asks.subsetSize, declare);
    return text('policies/balancing.hash.conf', { by, isRing });
  },
};

/** What is declared only where proxies say how a client asked is that of the connection elsewhere. */
function ofConnection(part: KeyPart, facts: RenderFacts): KeyPart {
  if (!('variable' in part)) return part;
  const { scheme, host, port } = asAsked(facts);
  const said: ReadonlyMap<string, Quoted> = new Map([
    ['pass_access_scheme', scheme],
    ['best_http_host', host],
    ['pass_server_port', isToldHow(facts) ? port : variable('server_port')],
  ]);
  return { variable: said.get(part.variable)?.slice(1) ?? part.variable };
}

/** nginx lets those with an empty key take turns: in the controller that is a key as well, so none is empty. */
function keyOf(parts: readonly KeyPart[], declare: Declarations): Quoted {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && 'variable' in first && NEVER_EMPTY.test(first.variable)) {
    return variable(first.variable);
  }
  const isFull = parts.some(part => 'text' in part || NEVER_EMPTY.test(part.variable));
  const texts = parts.map(part => {
    if ('text' in part) return part.text;
    return /^\d$/.test(part.variable) ? `$${part.variable}` : `\${${part.variable}}`;
  });
  return quoteTemplate(`${isFull ? '' : '-'}${texts.join('')}`, declare);
}

/**
 * The word for one of the endpoints of the group that the key leads to. Groups have as many endpoints each as they follow
 * each other; the last is filled up with the first ones.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/balancer/chashsubset.lua.
 */
function wordOf(key: Quoted, count: number, wanted: number, declare: Declarations): Quoted {
  // More than there are would repeat all of them alike.
  const size = Math.min(wanted, count);
  const words = wordsFor(count);
  const groups = Array.from({ length: Math.ceil(count / size) }, (_, group) => group);
  const members = Array.from({ length: size }, (_, member) => member);
  const group = oneOf(groups, 'hash_group', key, declare);
  const member = oneOf(members, 'hash_member', quoteTemplate('member $request_id', declare), declare);
  const rows = groups.flatMap(group =>
    members.flatMap(member => {
      const word = words[(group * size + member) % count];
      return word === undefined ? [] : [[exactKey(`${group} ${member}`), bareWord(word)] as const];
    }),
  );
  return declare.map({ name: 'hash_word', of: quoteTemplate(`${group} ${member}`, declare), rows, otherwise: EMPTY });
}

/** One of some numbers, each with the same share of all texts. */
function oneOf(numbers: readonly number[], name: string, of: Quoted, declare: Declarations): Quoted {
  const last = numbers.length - 1;
  if (last === 0) return bareWord('0');
  const stepsTo = (index: number): number => Math.floor((STEPS * index) / numbers.length);
  const shares: SplitClientsSpec['shares'] = numbers.slice(0, last).flatMap(number => {
    const steps = stepsTo(number + 1) - stepsTo(number);
    return steps === 0 ? [] : [[String(steps / 100), bareWord(String(number))] as const];
  });
  return declare.splitClients({ name, of, shares, otherwise: bareWord(String(last)) });
}
