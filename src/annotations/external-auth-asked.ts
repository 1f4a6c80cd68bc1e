import type { FieldRef } from '../diagnostics/place.ts';
import type { AuthCache, ExternalAuth } from '../routing/policies/external-auth.ts';
import { bytesOf } from '../options/size.ts';
import { isExempt } from '../routing/exempt-paths.ts';
import type { ControllerVariable, TextPart } from '../routing/variable-text.ts';
import { problemOfHost, withNames } from './external-auth-url.ts';
import type { AuthUrl } from './external-auth-url.ts';
import type { LocationFacts } from './facts.ts';

/** What is asked of an auth service, before it is known which location asks. */
export interface AskedAuth extends Omit<ExternalAuth, 'to' | 'isTls' | 'host' | 'uri' | 'cache'> {
  /** Undefined: it was refused, so that nobody gets in. */
  readonly url: AuthUrl | undefined;
  /** Where the URL is written. */
  readonly at: FieldRef | undefined;
  readonly cache: Omit<AuthCache, 'path'> | undefined;
  /** Paths that ask nobody. */
  readonly except: readonly string[];
}

/** The size that an annotation asks for, where that is more than what holds for all; undefined for what nginx does not take. */
export function largerBuffer(own: string, ofAll: string): string | undefined {
  return /^\d{1,9}[km]?$/i.test(own) && bytesOf(own) > bytesOf(ofAll) ? own : undefined;
}

/** What was made last, and of what. The locations of an Ingress mostly ask the same. */
const LAST = new WeakMap<AskedAuth, { readonly of: string; readonly made: ExternalAuth }>();

/** What a location asks; undefined for nothing. */
export function authOf(asked: AskedAuth, facts: LocationFacts): ExternalAuth | undefined {
  const { except, ...asks } = asked;
  if (isExempt(facts.path, except)) return undefined;
  const made = madeOf(asks, facts);
  const of = JSON.stringify(made);
  const last = LAST.get(asked);
  if (last?.of === of) return last.made;
  LAST.set(asked, { of, made });
  return made;
}

function madeOf({ url, at, ...rest }: Omit<AskedAuth, 'except'>, facts: LocationFacts): ExternalAuth {
  const put = <P extends TextPart>(parts: readonly P[]) => withNames(parts, name => nameIn(name, facts));
  const { redirect, sent, signIn, cache } = rest;
  const host = url === undefined || url.host === 'own' ? [{ variable: 'host' }] : joined(put(url.host));
  return {
    ...rest,
    redirect: put(redirect),
    sent: sent.map(({ name, value }) => ({ name, value: put(value) })),
    signIn: signIn && put(signIn),
    cache: cache && { ...cache, key: put(cache.key), path: facts.path },
    to: url === undefined || at === undefined ? undefined : wayTo(url, at, host, facts),
    isTls: url?.isTls === true,
    host,
    uri: url === undefined ? [] : put(url.uri),
  };
}

/** What a variable of the controller says of a location. */
export function nameIn(name: ControllerVariable, { ingress, backend, written = '/' }: LocationFacts): string {
  const port = backend?.port;
  const names: Partial<Record<ControllerVariable, string>> = {
    namespace: ingress.namespace,
    ingress_name: ingress.name,
    service_name: backend?.service ?? '',
    service_port: port === undefined ? '' : 'name' in port ? port.name : `${port.number}`,
    location_path: written,
  };
  return names[name] ?? '';
}

/** The host as one text: nothing in it changes from request to request. */
function joined(parts: readonly TextPart[]): readonly TextPart[] {
  return [{ text: parts.map(part => ('text' in part ? part.text : '')).join('') }];
}

function wayTo(
  { isTls, port, host: named }: AuthUrl,
  at: FieldRef,
  [host]: readonly TextPart[],
  { host: own, leadTo }: LocationFacts,
): ExternalAuth['to'] {
  const name = host !== undefined && 'text' in host ? host.text.replace(/\.$/, '') : own;
  const isOwn = (named === 'own' || name === own) && port === (isTls ? 443 : 80);
  if (isOwn) return { kind: 'self' };
  // Of the default server and of a wildcard the host is known when somebody asks for it, but not where else it is.
  if (problemOfHost(name) !== undefined) return undefined;
  return leadTo({ host: name, port }, at, isTls ? 'https' : 'http');
}
