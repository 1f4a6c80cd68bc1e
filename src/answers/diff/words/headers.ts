import type { HeaderText } from '../../../routing/header-text.ts';
import type { RequestHeaders } from '../../../routing/policies/request-headers.ts';
import type { ResponseHeaders } from '../../../routing/policies/response-headers.ts';
import { shownValue } from '../../../routing/secret-headers.ts';
import { withVariables } from './text.ts';

/** The headers that all backends get, without the values of those that may let somebody in. */
export function requestHeadersWords({ headers, generatesId, hasOriginalUri }: RequestHeaders): string {
  const others = [...(generatesId ? [] : ['no X-Request-ID of nginx']), ...(hasOriginalUri ? ['X-Original-URI'] : [])];
  return [...headersOf(headers), ...others].join(', ');
}

/** The headers that all clients get, likewise. */
export function responseHeadersWords({ headers, hidden, showsVersion, passesServer }: ResponseHeaders): string {
  const others = [
    ...hidden.map(name => `no ${name} of backends`),
    ...(showsVersion ? ['the version of nginx'] : []),
    ...(passesServer ? ['Server of backends'] : []),
  ];
  return [...headersOf(headers), ...others].join(', ');
}

function headersOf(headers: readonly HeaderText[]): readonly string[] {
  return headers.map(({ name, value }) => `${name}: ${shownValue(name, withVariables(value))}`);
}
