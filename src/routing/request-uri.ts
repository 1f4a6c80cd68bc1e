import { bytesOf } from './bytes.ts';

/** What nginx makes of the target of a request line. All texts are bytes (routing/bytes.ts). */
export interface RequestUri {
  readonly kind: 'uri';
  /** Decoded, without empty, `.` and `..` segments: what locations are compared with. */
  readonly path: string;
  /** As sent, without a fragment; undefined where it is empty or missing, which nginx does not tell apart. */
  readonly query: string | undefined;
  /** All of it as sent, without a host in front: `$request_uri`. */
  readonly sent: string;
  /** A backend gets `sent` where nothing has rewritten the path; not so where the target is a host without a path. */
  readonly isSentAsIs: boolean;
  /** Whether the path was escaped, and whether it has a plus: then nginx escapes groups of it in arguments. */
  readonly isQuoted: boolean;
  readonly hasPlus: boolean;
  /** Of an absolute URL, with its port; nginx heeds it instead of the Host header. */
  readonly host?: string;
}

/** nginx answers such a target with 400. */
export interface RefusedTarget {
  readonly kind: 'refused';
  /** Continues `400: `. */
  readonly reason: string;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/((?:\[[\w:.~!$&'()*+,;=-]*\]|[a-z0-9.-]*)(?::\d*)?)(?=[/?]|$)/i;
/** Bytes that end or spoil a request line. */
const NEVER_SENT = /[\0-\x20\x7f]/;

/**
 * Reads the target of a request line as nginx does from version 1.21.1 on, with `merge_slashes`.
 * Source: nginx's src/http/ngx_http_parse.c, ngx_http_parse_request_line and ngx_http_parse_complex_uri;
 * ngx_http_request.c, ngx_http_process_request_uri.
 *
 * @param target text as a client has it; letters beyond ASCII are sent as UTF-8
 */
export function readTarget(target: string): RequestUri | RefusedTarget {
  const bytes = bytesOf(target);
  const odd = NEVER_SENT.exec(bytes);
  if (odd !== null) return refused(odd[0] === ' ' ? 'a space in the path' : 'a control character in the path');
  if (bytes.startsWith('/')) return readUri(bytes, { isSentAsIs: true });
  const [all, host] = ABSOLUTE.exec(bytes) ?? [];
  if (all === undefined || host === undefined) return refused('it neither begins with "/" nor is a URL');
  const rest = bytes.slice(all.length);
  // nginx takes the slash of the scheme for the path, which is as good as any.
  if (rest === '') return readUri('/', { isSentAsIs: true, host });
  return readUri(rest, { isSentAsIs: rest.startsWith('/'), host });
}

function refused(reason: string): RefusedTarget {
  return { kind: 'refused', reason };
}

function readUri(sent: string, facts: Pick<RequestUri, 'isSentAsIs' | 'host'>): RequestUri | RefusedTarget {
  const [, raw = '', query] = /^([^?#]*)(?:\?([^#]*))?/.exec(sent) ?? [];
  const path = readPath(facts.isSentAsIs ? raw : `/${raw}`);
  if (path === undefined) return refused(BAD_ESCAPE.test(raw) ? badEscape(raw) : 'its ".." lead out of the root');
  return {
    kind: 'uri',
    path,
    query: query === '' ? undefined : query,
    sent,
    isQuoted: raw.includes('%'),
    hasPlus: /\+|%2b/i.test(raw),
    ...facts,
  };
}

const BAD_ESCAPE = /%(?:00|(?![0-9a-f]{2}))/i;

function badEscape(raw: string): string {
  const found = raw.slice(raw.search(BAD_ESCAPE)).slice(0, 3);
  return found === '%00' ? 'the path has a "%00"' : `"${found}" in the path is no byte: a "%" is sent as "%25"`;
}

/** Escaped slashes and dots are slashes and dots; undefined where nginx refuses the path. */
function readPath(raw: string): string | undefined {
  if (BAD_ESCAPE.test(raw)) return undefined;
  const decoded = raw.includes('%') ? raw.replaceAll(/%(..)/g, (_, hex: string) => byteOf(hex)) : raw;
  if (!/\/(?:\/|\.)/.test(decoded)) return decoded;
  const segments: string[] = [];
  const all = decoded.split('/').slice(1);
  for (const [index, segment] of all.entries()) {
    const isLast = index === all.length - 1;
    if (segment === '..') {
      if (segments.length === 0) return undefined;
      segments.pop();
    } else if (segment !== '.' && segment !== '') {
      segments.push(segment);
      continue;
    }
    // A folder is left.
    if (isLast) segments.push('');
  }
  return `/${segments.join('/')}`;
}

function byteOf(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** The path in a URI that nginx writes anew, such as the one that a backend gets after a rewrite (NGX_ESCAPE_URI). */
export function escapePath(bytes: string): string {
  return bytes.replaceAll(/[\0-\x20"#%<>?\\^`{|}\x7f-\xff]/g, escapeByte);
}

/** A text in the arguments of such a URI (NGX_ESCAPE_ARGS). */
export function escapeArgs(bytes: string): string {
  return bytes.replaceAll(/[\0-\x20"#%&+;<>?\\^`{|}\x7f-\xff]/g, escapeByte);
}

function escapeByte(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** What a group of an expression has taken, behind the `?` of a rewrite, or anywhere in one that redirects. */
export function captureInArgs(group: string, { isQuoted, hasPlus }: Pick<RequestUri, 'isQuoted' | 'hasPlus'>): string {
  return isQuoted || hasPlus ? escapeArgs(group) : group;
}

/**
 * The URL of a rewrite that redirects: up to its first `?`, escapes of what needs none are undone.
 * Source: nginx's src/core/ngx_string.c, ngx_unescape_uri with NGX_UNESCAPE_REDIRECT.
 */
export function unescapeRedirect(url: string): string {
  let text = '';
  for (let place = 0; place < url.length; place += 1) {
    const byte = url.charAt(place);
    if (byte === '?') return text + url.slice(place);
    if (byte !== '%') {
      text += byte;
      continue;
    }
    const first = url.charAt(place + 1);
    place += 1;
    // What follows a bad escape is kept, its percent sign and a bad second digit are not.
    if (!HEX.test(first)) {
      text += first;
      continue;
    }
    const second = url.charAt(place + 1);
    place += 1;
    if (!HEX.test(second)) continue;
    const decoded = byteOf(first + second);
    if (decoded === '?') return `${text}?${url.slice(place + 1)}`;
    text += decoded > '%' && decoded < '\x7f' ? decoded : `%${first}${second}`;
  }
  return text;
}

const HEX = /^[0-9a-f]$/i;

/** What a backend gets where nothing has rewritten the path. */
export function backendUri({ path, query, sent, isSentAsIs, isQuoted }: RequestUri): string {
  if (isSentAsIs) return sent;
  return withQuery(isQuoted ? escapePath(path) : path, query);
}

/** What it gets after a rewrite. */
export function rewrittenUri({ path, query }: Pick<RequestUri, 'path' | 'query'>): string {
  return withQuery(escapePath(path), query);
}

function withQuery(path: string, query: string | undefined): string {
  return query === undefined ? path : `${path}?${query}`;
}
