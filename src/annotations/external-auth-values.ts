import type { Parsed, ValueType } from '../options/value-type.ts';
import { listOf, oneOf, text, trimmed } from '../options/value-type.ts';
import type { TextPart } from '../routing/variable-text.ts';
import { decodedIn, readVariableText } from '../routing/variable-text.ts';
import { readAuthUrl } from './external-auth-url.ts';

/** Source of the expressions: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go. */
const URL_WITH_VARIABLES = /^[-._~a-zA-Z0-9/:, ?&=$]*$/;
const PLAIN_URL = /^[-._~a-zA-Z0-9/:,?&=]*$/;
const IN_URLS = 'letters, digits and - . _ ~ / : , ? & =';

/** Whether the controller finds characters in the URL of the auth service that it takes in none. */
export function hasForeignCharacters(url: string): boolean {
  return !URL_WITH_VARIABLES.test(url);
}

/** The URL of an auth service, as it is written. */
export const authUrl: ValueType<string> = trimmed({
  ...text(URL_WITH_VARIABLES, `${IN_URLS} $`),
  name: 'URL',
  parse(value): Parsed<string> {
    const plain = text(URL_WITH_VARIABLES, `${IN_URLS} $`).parse(value);
    if (!plain.ok) return plain;
    const read = readAuthUrl(value);
    return read.ok ? plain : { ok: false, problem: read.problem, help: read.help };
  },
});

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'] as const;

export const method: ValueType<(typeof METHODS)[number] | ''> = trimmed(oneOf(...METHODS));

/** Text that stands for itself in a URL. */
export const plainUrl: ValueType<string> = trimmed(text(PLAIN_URL, IN_URLS));

/** Of one hop, or what nginx makes by itself: requests to the backend would be cut in the wrong place. */
const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A header that a request may be given. */
const header: ValueType<string> = {
  ...text(/^[a-zA-Z\d_-]+$/, 'letters, digits, - and _'),
  parse(value) {
    if (FRAMING.has(value.toLowerCase().replaceAll('_', '-'))) {
      return { ok: false, problem: 'belongs to a connection, and is no header to pass on' };
    }
    return text(/^[a-zA-Z\d_-]+$/, 'letters, digits, - and _').parse(value);
  },
};

export const headerNames: ValueType<readonly string[]> = listOf(header);

type ReadPage =
  | { readonly ok: true; readonly value: readonly TextPart[] }
  | { readonly ok: false; readonly problem: string; readonly help: string };

/** Reads the page to which clients are sent, with its variables. */
function readPage(url: string): ReadPage {
  const help = 'write a URL such as "https://$host/oauth2/start"';
  if (url.includes(' ')) return { ok: false, problem: 'has a blank', help };
  const read = readVariableText(url);
  if (!read.ok) return { ok: false, problem: read.problem, help };
  const decoded = decodedIn(read.parts);
  if (decoded === undefined) return { ok: true, value: read.parts };
  const problem = `has $${decoded}, in which clients could put further headers`;
  return { ok: false, problem, help: 'write $escaped_request_uri, which is not decoded' };
}

export const page: ValueType<string> = trimmed({
  ...text(URL_WITH_VARIABLES, `${IN_URLS} $`),
  name: 'URL',
  parse(value) {
    const plain = text(URL_WITH_VARIABLES, `${IN_URLS} $`).parse(value);
    if (!plain.ok) return plain;
    const read = readPage(value);
    return read.ok ? plain : { ok: false, problem: read.problem, help: read.help };
  },
});

/**
 * The page to which clients are sent, with the URL that they asked for as a parameter, unless it has that already.
 * Source: ingress-nginx 1.15.1, internal/ingress/controller/template/template.go, buildAuthSignURL.
 */
export function signInUrl(url: string, param: string): readonly TextPart[] | undefined {
  const read = url === '' ? undefined : readPage(url);
  if (read?.ok !== true) return undefined;
  const query = new URLSearchParams(/\?(.*)$/.exec(url)?.[1] ?? '');
  if ((query.get(param) ?? '') !== '') return read.value;
  const separator = query.size === 0 ? '?' : '&';
  return [
    ...read.value,
    { text: `${url.endsWith('?') ? '' : separator}${param}=` },
    { ofController: 'pass_access_scheme' },
    { text: '://' },
    { ofController: 'best_http_host' },
    { ofController: 'escaped_request_uri' },
  ];
}
