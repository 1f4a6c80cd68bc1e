import { quote, templateText } from './quote.ts';

import type { Header, HeadersOfAll } from './headers.ts';
import type { Quoted } from './quote.ts';

const NAME = /^[A-Za-z0-9._-]+$/;

/**
 * Of these a backend sends one each at most. They are hidden for all and sent on by name, so that no location must
 * repeat what is hidden.
 */
export const SENT_ON_NAMES = [
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
] as const;
export const SENT_ON: ReadonlySet<string> = new Set(SENT_ON_NAMES.map(lowerCase));

/**
 * What is hidden of the responses of backends in a location: all of it, as nginx forgets what http{} says where a
 * location has one. Undefined where that says it already.
 */
export function hiddenBy(
  headers: readonly Header[],
  { response, hidden }: HeadersOfAll,
  { speaksGrpc, speaksFastcgi }: { readonly speaksGrpc: boolean; readonly speaksFastcgi: boolean },
): readonly Quoted[] | undefined {
  const names = new Map<string, Quoted>();
  const add = ({ name, replaces }: Header): void => {
    const lower = lowerCase(name);
    if (replaces === true && !SENT_ON.has(lower)) names.set(lower, headerName(name));
  };
  response.forEach(add);
  for (const name of hidden) if (!SENT_ON.has(lowerCase(name))) names.set(lowerCase(name), headerName(name));
  const common = names.size;
  headers.forEach(add);
  if (names.size === common) return undefined;
  for (const name of SENT_ON_NAMES) names.set(lowerCase(name), headerName(name));
  const hide = (directive: string): readonly Quoted[] =>
    [...names.values()].map(name => templateText(`${directive} ${name};`));
  return [
    ...hide('proxy_hide_header'),
    ...(speaksGrpc ? hide('grpc_hide_header') : []),
    ...(speaksFastcgi ? hide('fastcgi_hide_header') : []),
  ];
}

export function lowerCase(name: string): string {
  return name.toLowerCase();
}

export function headerName(name: string): Quoted {
  if (!NAME.test(name)) throw new Error(`not the name of a header: ${JSON.stringify(name)}`);
  return quote(name);
}
