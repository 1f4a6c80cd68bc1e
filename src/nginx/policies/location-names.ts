import { quoteLiteral } from '../quote.ts';

import type { LocationRenderer, RenderFacts } from '../parts.ts';
import { saysNames } from '../../routing/variable-text.ts';

/** Whether anything asks for the names; what holds for all hosts does not change while servers are rendered. */
const ASKED = new WeakMap<RenderFacts['http'], boolean>();

function isAsked({ http }: RenderFacts): boolean {
  const headers = [...(http.requestHeaders?.asks.headers ?? []), ...(http.responseHeaders?.asks.headers ?? [])];
  const texts = [http.accessLogs?.asks.format ?? [], ...headers.map(({ value }) => value)];
  const asked = ASKED.get(http) ?? texts.some(saysNames);
  ASKED.set(http, asked);
  return asked;
}

export const renderLocationNames: LocationRenderer<'locationNames'> = (asks, { declare, text, facts }) => {
  if (!isAsked(facts)) return {};
  const { namespace, ingress, service, port, path } = asks;
  const names = quoteLiteral([namespace, ingress, service, port, path].join(' '), declare);
  return { location: { begin: text('policies/location-names.conf', { names }) } };
};
