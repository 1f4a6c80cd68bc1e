import { createHash } from 'node:crypto';

import { wordsFor } from '../hash-words.ts';
import {
  bareWord,
  EMPTY,
  escapeRegex,
  exactKey,
  patternKey,
  quote,
  quoteLiteral,
  quoteTemplate,
  variable,
} from '../quote.ts';

import type { Declarations } from '../declarations.ts';
import type { LocationRenderer, UpstreamRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { Peer, Upstream } from '../../routing/model.ts';
import type { Affinity, SessionCookie } from '../../routing/policies/affinity.ts';

/** Bytes; browsers ignore a longer Path. Source: RFC 6265bis, 5.5. */
const LONGEST_PATH = 1024;
/** Each takes some room in nginx.conf, and no path with so many is one that a browser has. */
const MOST_DOLLARS = 100;

/**
 * Browsers that reject a cookie with SameSite=None.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/lua/util/same_site.lua.
 */
const MISTAKING_NONE = [
  'Chrome/[456]',
  'CPU iPhone OS 12',
  'iPad; CPU OS 12',
  '^(?=.*Macintosh)(?=.*Intel Mac OS X 10_14)(?=.*Safari)(?!.*Chrome)',
];

/**
 * Session affinity: a ring of all endpoints in which the cookie holds a place (`balanced`), or a cookie that names one
 * (`persistent`). Nothing where endpoints are looked up while requests are served, since nginx gives all of them the same
 * place in a ring.
 */
export const renderAffinity: UpstreamRenderer<'affinity'> = {
  block({ cookie, mode }, { peers, from }, { declare, text }) {
    if (peers.kind !== 'addresses') return undefined;
    const isRing = mode === 'balanced';
    const by = isRing ? keyOf(cookie, declare) : wordOf(cookie, endpointsOf(peers.addresses, from), declare);
    return text('policies/affinity.upstream.conf', { by, isRing });
  },
  location(asks, { location, upstream, all, split }, { declare }) {
    const { peers, from, name } = upstream;
    if (location.policies.affinity === undefined || peers.kind !== 'addresses') return {};
    // If only one side of a canary gave cookies, all clients would be there in the end.
    if (all.some(other => other.peers.kind !== 'addresses')) return {};
    const isRing = asks.mode === 'balanced';
    const value = isRing ? newPlace(asks, declare) : newName(asks, endpointsOf(peers.addresses, from), declare);
    const cookie = split === undefined ? value : whereChosen(split, name, value, declare);
    return { responseHeaders: [{ name: 'Set-Cookie', value: cookie }] };
  },
};

/** The path of the cookie that a location gives. */
export const renderAffinityCookie: LocationRenderer<'affinity'> = ({ path }, { declare, text }) => {
  const isUsable = Buffer.byteLength(path) <= LONGEST_PATH && path.split('$').length <= MOST_DOLLARS;
  declare.once('policies/affinity.http.conf');
  return {
    location: { rewrite: text('policies/affinity.conf', { path: quoteLiteral(isUsable ? path : '/', declare) }) },
  };
};

/** What the cookie of a request holds; without a cookie, what a new one will hold. */
function keyOf({ name }: SessionCookie, declare: Declarations): Quoted {
  const pattern = String.raw`^(?:.*[;\s])?${escapeRegex(name)}=\|*(?<affinity_value>[^;\s|]+)`;
  return declare.map({
    name: 'affinity_key',
    of: variable('http_cookie'),
    rows: [[patternKey(pattern), variable('affinity_value')]],
    otherwise: variable('request_id'),
  });
}

/** The cookie for who had none, once an endpoint was asked. Without a path nginx had not even come to the location. */
function newPlace(asks: Affinity, declare: Declarations): Quoted {
  const key = keyOf(asks.cookie, declare);
  return declare.map({
    name: 'affinity_cookie',
    of: quoteTemplate(`${key} $request_id $upstream_addr|$affinity_path`, declare),
    rows: [[patternKey(String.raw`^(\S+) \1 [^|]+\|.`), cookieText(asks, variable('request_id'), declare)]],
    otherwise: EMPTY,
  });
}

interface Endpoint {
  /** As nginx writes it in `$upstream_addr`. */
  readonly address: Quoted;
  /** What cookies call it, wherever it stands among the others. */
  readonly tag: string;
  /** What `hash` makes its place of; undefined where there are too many. */
  readonly word: string | undefined;
}

function endpointsOf(peers: readonly Peer[], from: Upstream['from']): readonly Endpoint[] {
  const words = wordsFor(peers.length);
  return peers.map(({ address, port }, index) => {
    const host = address.includes(':') ? new URL(`http://[${address}]`).hostname : address;
    const tag = createHash('sha256')
      .update(JSON.stringify([from[0]?.resource, host, port]))
      .digest('hex')
      .slice(0, 16);
    return { address: bareWord(`${host}:${port}`), tag, word: words[index] };
  });
}

/** The word for the endpoint that the cookie names; empty where it names none that is there: then it is their turn. */
function wordOf(cookie: SessionCookie, endpoints: readonly Endpoint[], declare: Declarations): Quoted {
  return declare.map({
    name: 'affinity_word',
    of: keyOf(cookie, declare),
    rows: endpoints.flatMap(({ tag, word }) => (word === undefined ? [] : [[exactKey(tag), bareWord(word)] as const])),
    otherwise: EMPTY,
  });
}

/** The cookie for who had none that named an endpoint, or whose endpoint failed. It names the one that answered. */
function newName(asks: Affinity, endpoints: readonly Endpoint[], declare: Declarations): Quoted {
  const { cookie, changesOnFailure } = asks;
  // The last one that was asked, before an error page asked others.
  const answered = declare.map({
    name: 'affinity_answered',
    of: variable('upstream_addr'),
    rows: [[patternKey(String.raw`^(?:\S+, )*(?<affinity_address>[^\s,]+)(?: : |$)`), variable('affinity_address')]],
    otherwise: EMPTY,
  });
  const tag = declare.map({
    name: 'affinity_tag',
    of: answered,
    rows: endpoints.map(({ address, tag }) => [exactKey(address), bareWord(tag)]),
    otherwise: EMPTY,
  });
  const before = changesOnFailure ? keyOf(cookie, declare) : wordOf(cookie, endpoints, declare);
  const rows = changesOnFailure ? [[patternKey(String.raw`^(\S+) \1\|`), EMPTY] as const] : [];
  const isNew = patternKey(changesOnFailure ? String.raw`^\S* [^|]+\|.` : String.raw`^ [^|]+\|.`);
  return declare.map({
    name: 'affinity_cookie',
    of: quoteTemplate(`${before} ${tag}|$affinity_path`, declare),
    rows: [...rows, [isNew, cookieText(asks, tag, declare)]],
    otherwise: EMPTY,
  });
}

/** Of a split only the side that was chosen gives its cookie, also with an error page of another Service. */
function whereChosen(split: Quoted, upstream: string, cookie: Quoted, declare: Declarations): Quoted {
  const rows = [[exactKey(upstream), cookie]] as const;
  return declare.map({ name: 'affinity_side', of: split, rows, otherwise: EMPTY });
}

/** Attributes in the order of the controller, in which they have always come. */
function cookieText({ cookie, mark }: Affinity, value: Quoted, declare: Declarations): Quoted {
  const { name, maxAge, domain, isSecure } = cookie;
  const attributes = [
    maxAge === undefined ? '' : `; Max-Age=${maxAge}`,
    domain === undefined ? '' : `; Domain=${domain}`,
    '; Path=$affinity_path',
    isSecure ? '; Secure' : secureOverTls(declare),
    '; HttpOnly',
    sameSiteOf(cookie, declare),
  ];
  return quoteTemplate(`${name}=${value}${mark === undefined ? '' : `|${mark}`}${attributes.join('')}`, declare);
}

function secureOverTls(declare: Declarations): Quoted {
  const rows = [[exactKey('on'), quote('; Secure')]] as const;
  return declare.map({ name: 'affinity_secure', of: variable('https'), rows, otherwise: EMPTY });
}

function sameSiteOf({ sameSite, isNoneConditional }: SessionCookie, declare: Declarations): string {
  if (sameSite === undefined) return '';
  const attribute = `; SameSite=${sameSite}`;
  if (sameSite !== 'None' || !isNoneConditional) return attribute;
  const rows = MISTAKING_NONE.map(regex => [patternKey(regex), EMPTY] as const);
  return declare.map({ name: 'affinity_none', of: variable('http_user_agent'), rows, otherwise: quote(attribute) });
}
