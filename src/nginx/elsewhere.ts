import { isBelieved } from './as-asked.ts';
import { quote } from './quote.ts';

import type { Tools } from './parts.ts';
import type { Quoted } from './quote.ts';
import type { Location, Target } from '../routing/model.ts';

/** A location that sends all requests elsewhere. */
export type RedirectView = Readonly<{ code: number; url: Quoted }>;

type Redirect = Extract<Target, { readonly kind: 'redirect' }>;

/** @param scheme the variable that holds what the client used */
export function redirectView({ code, to }: Redirect, scheme: Quoted): RedirectView {
  if (to.kind === 'url') return { code, url: quote(to.url.replaceAll('$', '%24')) };
  if (!/^[a-z0-9.-]+$/.test(to.host)) throw new Error(`not a host name: ${JSON.stringify(to.host)}`);
  return { code, url: quote(`${scheme}://${to.host}$named_port$uri_without_slash`) };
}

/** Whether a location needs what `declareElsewhere` declares. */
export function leadsToHost({ target }: Location): boolean {
  return target.kind === 'redirect' && target.to.kind === 'host';
}

export function declareElsewhere({ declare, facts }: Tools): Readonly<Record<never, never>> {
  declare.once('elsewhere.http.conf', { isBelieved: isBelieved(facts) });
  declare.once('uri-without-slash.http.conf');
  return {};
}
