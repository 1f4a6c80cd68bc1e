import type { Parsed, ValueType } from '../options/value-type.ts';
import { integer, listOf, oneOf, text, trimmed } from '../options/value-type.ts';
import { readHeaderValue } from '../routing/header-text.ts';
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

/** The same in the option, where an empty text is none. */
export const methodOfOption: typeof method = {
  ...method,
  parse: value => (value === '' ? { ok: true, value } : method.parse(value)),
};

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

const HEADER = /^[a-zA-Z\d_-]{1,256}$/;

/** What is wrong with the name of a header that a request shall be given; undefined for nothing. */
export function headerProblem(name: string): { readonly problem: string; readonly help: string } | undefined {
  if (!HEADER.test(name)) return { problem: 'is not the name of a header', help: 'use letters, digits, - and _' };
  if (!FRAMING.has(name.toLowerCase().replaceAll('_', '-'))) return undefined;
  return { problem: 'belongs to a connection, and is no header to pass on', help: 'remove it' };
}

/** A header that a request may be given. */
const header: ValueType<string> = {
  ...text(HEADER, 'letters, digits, - and _'),
  name: 'name of a header',
  parse(value) {
    const wrong = headerProblem(value);
    return wrong === undefined ? { ok: true, value } : { ok: false, ...wrong };
  },
};

export const headerNames: ValueType<readonly string[]> = listOf(header);

/** The same in the option, where a wrong one is left out. */
export const headerNamesOfOption: ValueType<readonly string[]> = {
  ...headerNames,
  parse(value) {
    const names = value.split(',').map(word => word.trim());
    const wrong = names.find(name => name !== '' && headerProblem(name) !== undefined);
    const rest = names.filter(name => name !== '' && headerProblem(name) === undefined);
    const problem = wrong === undefined ? undefined : headerProblem(wrong);
    if (problem === undefined) return { ok: true, value: rest };
    return { ok: false, problem: `has "${wrong}", which ${problem.problem}; it is left out`, help: problem.help, rest };
  },
};

/** Go's whole numbers; what the controller does with a negative one it does with 0. */
export const count: ValueType<number> = integer({ min: -2_147_483_648, max: 2_147_483_647 });

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

const IN_OPTIONS = text(/^[!-~]*$/, 'visible ASCII characters');

/** The same in the option, which may have more characters, but no URL without a host. */
export const pageOfOption: ValueType<string> = {
  ...IN_OPTIONS,
  name: 'URL',
  parse(value) {
    const plain = IN_OPTIONS.parse(value);
    if (!plain.ok || value === '') return plain;
    const help = 'write a URL such as "https://$host/oauth2/start"';
    if (!/^[a-z][a-z\d+.-]*:\/\/[^/?]/i.test(value)) return { ok: false, problem: 'is not a URL with a host', help };
    const read = readPage(value);
    return read.ok ? plain : { ok: false, problem: read.problem, help: read.help };
  },
};

/** Where all are asked, by the option. */
export const authUrlOfOption: ValueType<string> = {
  ...IN_OPTIONS,
  name: 'URL',
  parse(value) {
    const plain = IN_OPTIONS.parse(value);
    if (!plain.ok || value === '') return plain;
    const read = readAuthUrl(value);
    return read.ok ? plain : { ok: false, problem: read.problem, help: read.help };
  },
};

/** A text in which variables are replaced, as the option has it. */
export const redirectOfOption: ValueType<string> = {
  ...text(/^[ -~]*$/, 'visible ASCII characters'),
  parse(value) {
    const read = readHeaderValue(value);
    return read.ok ? { ok: true, value } : { ok: false, problem: read.problem, help: read.help };
  },
};

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
