import { insideOfName } from '../resources/inside.ts';
import type { ControllerVariable, TextPart } from '../routing/variable-text.ts';
import { decodedIn, isOfLocation, readVariableText } from '../routing/variable-text.ts';

/** The URL of an auth service, in its parts. */
export interface AuthUrl {
  readonly isTls: boolean;
  /** `own`: the host that the client asks for, which nginx serves itself. */
  readonly host: 'own' | readonly (Text | Names)[];
  /** 80 or 443, as the scheme has it, where nobody says otherwise. */
  readonly port: number;
  /** Path and query. */
  readonly uri: readonly TextPart[];
}

type Text = Extract<TextPart, { readonly text: string }>;
/** What depends on the Ingress and the path alone. */
type Names = Extract<TextPart, { readonly ofController: ControllerVariable }>;

/** `problem` continues the sentence `auth-url: "…" `. */
export type ReadAuthUrl =
  | { readonly ok: true; readonly value: AuthUrl }
  | { readonly ok: false; readonly problem: string; readonly help: string };

const URL_PARTS = /^(?<scheme>[a-z][a-z\d+.-]*):\/\/(?<host>[^/?:]*)(?::(?<port>\d*))?(?<uri>[/?][!-~]*)?$/i;
const HOST = /^(?=.{1,253}$)[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*\.?$/;
/** Variables that hold the host of the request; the client cannot choose another one by them. */
const OWN_HOST: ReadonlySet<string> = new Set(['host', 'http_host', 'server_name']);

function fail(problem: string, help = 'write a URL such as "http://auth.example.com/verify"'): ReadAuthUrl {
  return { ok: false, problem, help };
}

function isOwnHost(parts: readonly TextPart[]): boolean {
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return false;
  if ('ofController' in part) return part.ofController === 'best_http_host';
  return 'variable' in part && OWN_HOST.has(part.variable.toLowerCase());
}

function isText(part: TextPart): part is Text | Names {
  return 'text' in part || ('ofController' in part && isOfLocation(part.ofController));
}

/** The host of a URL; whom it asks must be known before a client comes. */
function readHost(text: string): AuthUrl['host'] | Extract<ReadAuthUrl, { readonly ok: false }> {
  const read = readVariableText(text);
  if (!read.ok) return { ok: false, problem: read.problem, help: 'write the name of the host' };
  if (isOwnHost(read.parts)) return 'own';
  if (!read.parts.every(isText)) {
    const help = 'write the name of the host, or $host for the one that is asked for';
    return { ok: false, problem: 'would let clients choose who is asked', help };
  }
  return read.parts.filter(isText);
}

/** What is wrong with the host, once all of it is known; undefined for nothing. */
export function problemOfHost(host: string): string | undefined {
  if (!HOST.test(host)) return 'has a host that is no name and no IPv4 address';
  const inside = insideOfName(host.replace(/\.$/, ''));
  if (inside === 'metadata') return 'leads to the metadata server of a cloud, which hands out credentials';
  return inside === 'link-local' ? 'leads to a link-local address' : undefined;
}

/**
 * Reads where the auth service is.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/main.go, StringToURL.
 */
export function readAuthUrl(text: string): ReadAuthUrl {
  const groups = URL_PARTS.exec(text)?.groups;
  const scheme = groups?.['scheme']?.toLowerCase();
  if (groups === undefined) return fail('is not a URL');
  if (scheme !== 'http' && scheme !== 'https') return fail('is not a URL of http or https');
  const host = readHost((groups['host'] ?? '').replace(/[A-Z]/g, letter => letter.toLowerCase()));
  if (typeof host === 'object' && 'ok' in host) return host;
  const usual = scheme === 'https' ? 443 : 80;
  const port = Number(groups['port'] || usual);
  if (port < 1 || port > 65_535) return fail('has a port that is not between 1 and 65535');
  if (typeof host === 'object' && host.every(part => 'text' in part)) {
    const problem = problemOfHost(host.map(part => ('text' in part ? part.text : '')).join(''));
    if (problem !== undefined) return fail(problem);
  }
  const rest = groups['uri'] ?? '';
  const uri = readVariableText(rest.startsWith('/') ? rest : `/${rest}`);
  if (!uri.ok) return fail(uri.problem, 'write variables of nginx only, such as $request_uri');
  const decoded = decodedIn(uri.parts);
  if (decoded !== undefined) {
    return fail(
      `has $${decoded}, in which clients could put further headers`,
      'write $request_uri, which is not decoded',
    );
  }
  return { ok: true, value: { isTls: scheme === 'https', host, port, uri: uri.parts } };
}

/** Puts in the names of the Ingress and the path. */
export function withNames<P extends TextPart>(
  parts: readonly P[],
  names: (name: ControllerVariable) => string,
): readonly (P | Text)[] {
  return parts.map(part =>
    'ofController' in part && isOfLocation(part.ofController) ? { text: names(part.ofController) } : part,
  );
}
