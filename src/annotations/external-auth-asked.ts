import type { FieldRef } from '../diagnostics/place.ts';
import type { ExternalAuth } from '../routing/policies/external-auth.ts';
import { isExempt } from '../routing/exempt-paths.ts';
import type { ControllerVariable, TextPart } from '../routing/variable-text.ts';
import { problemOfHost, withNames } from './external-auth-url.ts';
import type { AuthUrl } from './external-auth-url.ts';
import type { LocationFacts } from './facts.ts';

/** What is asked of an auth service, before it is known which location asks. */
export interface AskedAuth extends Omit<ExternalAuth, 'to' | 'isTls' | 'host' | 'uri'> {
  readonly url: AuthUrl;
  /** Where the URL is written. */
  readonly at: FieldRef;
  /** Paths that ask nobody. */
  readonly except: readonly string[];
}

/** What was made last, and of what. The locations of an Ingress mostly ask the same. */
const LAST = new WeakMap<AskedAuth, { readonly of: string; readonly made: ExternalAuth }>();

/** What a location asks; undefined for nothing. */
export function authOf(asked: AskedAuth, facts: LocationFacts): ExternalAuth | undefined {
  const { url, at: _, except, ...rest } = asked;
  if (isExempt(facts.path, except)) return undefined;
  const names = (name: ControllerVariable): string => nameIn(name, facts);
  const uri = withNames(url.uri, names);
  const host = url.host === 'own' ? [{ variable: 'host' }] : joined(withNames(url.host, names));
  const to = wayTo(asked, host, facts);
  const of = JSON.stringify([to, host, uri]);
  const last = LAST.get(asked);
  if (last?.of === of) return last.made;
  const made = { ...rest, to, isTls: url.isTls, host, uri };
  LAST.set(asked, { of, made });
  return made;
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
  { url: { isTls, port, host: named }, at }: AskedAuth,
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
