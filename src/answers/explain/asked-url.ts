import type { AskedRequest, SentHeader } from './model.ts';

/** A URL as a client takes it apart: nothing of it is normalised, since nginx is to do that. */
export type AskedUrl = Pick<AskedRequest, 'scheme' | 'host' | 'target'>;

/** What is wrong with a URL, in a sentence that begins with it: `has a fragment`. */
export interface UrlProblem {
  readonly problem: string;
  readonly help?: string;
}

const URL_PARTS = /^(?<scheme>https?):\/\/(?<authority>[^/?#]*)(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?$/is;
const AUTHORITY = /^(?<name>[^[\]:@]+|\[[\da-f:.]+\])(?::(?<port>\d{1,5}))?$/i;
const HOST_NAME = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i;
const USUAL_PORTS = { http: '80', https: '443' } as const;

/** `https://shop.example/cart?x=1`, as a client would send it. */
export function readAskedUrl(text: string): AskedUrl | UrlProblem {
  const parts = URL_PARTS.exec(text)?.groups;
  if (parts === undefined) return schemeProblem(text);
  const { authority = '', path = '', query = '', fragment } = parts;
  if (fragment !== undefined) return { problem: 'has a fragment', help: `no client sends it: leave out "${fragment}"` };
  const sent = `${path}${query}`;
  const blank = /\s/.exec(sent)?.[0];
  if (blank !== undefined) return { problem: 'has a blank', help: 'write %20' };
  const control = /[\p{Cc}\p{Cs}]/u.exec(sent);
  if (control !== null) return { problem: 'has a control character', help: 'write it as %XX' };
  const scheme = parts['scheme']?.toLowerCase() === 'http' ? 'http' : 'https';
  const host = hostOf(authority, scheme);
  if (typeof host !== 'string') return host;
  return { scheme, host, target: escapeLetters(path.startsWith('/') ? sent : `/${sent}`) };
}

function schemeProblem(text: string): UrlProblem {
  if (/^[\w-]+:\/\//.test(text)) return { problem: 'is neither http:// nor https://' };
  const help = /^[\w-]+\.[\w.-]/.test(text) ? `write http://${text} or https://${text}` : 'write https://HOST/PATH';
  return { problem: 'has no scheme', help };
}

function hostOf(authority: string, scheme: 'http' | 'https'): string | UrlProblem {
  if (authority.includes('@'))
    return { problem: 'has a user', help: 'give a header instead: Authorization: Basic …, in base64' };
  if (authority === '') return { problem: 'has no host' };
  const { name, port } = AUTHORITY.exec(authority)?.groups ?? {};
  if (name === undefined || !HOST_NAME.test(name)) {
    const isInternational = /[^\0-\x7f]/u.test(authority);
    return {
      problem: `has no valid host`,
      ...(isInternational ? { help: 'write its name as xn--…, in Punycode' } : {}),
    };
  }
  if (port === undefined || port === USUAL_PORTS[scheme]) return name;
  return Number(port) >= 1 && Number(port) <= 65_535 ? `${name}:${port}` : { problem: `has the port ${port}` };
}

/** Browsers send letters of other scripts as UTF-8 in percent. */
function escapeLetters(target: string): string {
  return target.replaceAll(/[^\0-\x7f]+/gu, letters => encodeURIComponent(letters));
}

/** What somebody says of a request, besides its URL. */
export interface AskedParts {
  readonly method?: string | undefined;
  /** In their order. */
  readonly headers?: readonly SentHeader[] | undefined;
  readonly cookies?: readonly SentHeader[] | undefined;
  readonly clientIp?: string | undefined;
  readonly hasClientCertificate?: boolean | undefined;
}

/** The request that a client sends. Cookies go into one header, behind those that a header names already. */
export function askedRequest(url: AskedUrl, parts: AskedParts = {}): AskedRequest {
  const { method = 'GET', headers = [], cookies = [], clientIp, hasClientCertificate = false } = parts;
  const isCookie = ({ name }: SentHeader): boolean => name.toLowerCase() === 'cookie';
  const pairs = cookies.map(({ name, value }) => `${name}=${value}`);
  const all = [...headers.filter(isCookie).map(({ value }) => value), ...pairs].join('; ');
  const others = headers.filter(header => !isCookie(header));
  return {
    ...url,
    method,
    headers: all === '' ? others : [...others, { name: 'Cookie', value: all }],
    clientIp,
    hasClientCertificate,
  };
}

/** `https://shop.example/cart?x=1` */
export function urlOf({ scheme, host, target }: AskedUrl): string {
  return `${scheme}://${host}${target}`;
}
