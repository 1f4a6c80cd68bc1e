import { readAskedUrl } from './asked-url.ts';
import type { AskedUrl } from './asked-url.ts';
import type { AskedRequest } from './model.ts';

/** What a client that follows redirects sends no further. */
const PRIVATE = ['authorization', 'cookie'];

/** How often browsers and curl follow at most, about. */
export const MOST_REDIRECTS = 20;

/**
 * The request that a client sends when it is redirected; undefined where the Location is no URL of HTTP. As curl and
 * browsers do, it asks with GET where the status says so, and shows passwords and cookies to no other host.
 */
export function redirected(request: AskedRequest, status: number, location: string): AskedRequest | undefined {
  const url = resolved(request, location.replace(/#.*$/s, ''));
  if (url === undefined) return undefined;
  const isGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  const isSameHost = url.host.toLowerCase() === request.host.toLowerCase();
  return {
    ...request,
    ...url,
    method: isGet && request.method !== 'HEAD' ? 'GET' : request.method,
    headers: isSameHost ? request.headers : request.headers.filter(({ name }) => !PRIVATE.includes(name.toLowerCase())),
  };
}

function resolved({ scheme, host, target }: AskedRequest, location: string): AskedUrl | undefined {
  if (/^https?:/i.test(location)) return urlIn(location);
  if (location.startsWith('//')) return urlIn(`${scheme}:${location}`);
  if (/^[a-z][a-z\d+.-]*:/i.test(location)) return undefined;
  const path = target.replace(/\?.*$/s, '');
  const at = `${scheme}://${host}`;
  if (location.startsWith('/')) return urlIn(at + location);
  if (location.startsWith('?')) return urlIn(at + path + location);
  return urlIn(at + path.replace(/[^/]*$/, '') + location);
}

function urlIn(text: string): AskedUrl | undefined {
  const url = readAskedUrl(text);
  return 'target' in url ? url : undefined;
}
