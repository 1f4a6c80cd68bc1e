/** What people mean by names that the controller never had, and that are near none of its own: one or more annotations. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'body-size': ['proxy-body-size'],
  'client-body-size': ['proxy-body-size'],
  'client-max-body-size': ['proxy-body-size'],
  'max-body-size': ['proxy-body-size'],
  'proxy-max-body-size': ['proxy-body-size'],
  'proxy-buffers': ['proxy-buffers-number', 'proxy-buffer-size'],
  'connect-timeout': ['proxy-connect-timeout'],
  'read-timeout': ['proxy-read-timeout'],
  'send-timeout': ['proxy-send-timeout'],
  'proxy-timeout': ['proxy-read-timeout', 'proxy-send-timeout'],
  timeout: ['proxy-read-timeout', 'proxy-send-timeout'],
  'force-https': ['force-ssl-redirect'],
  'https-redirect': ['force-ssl-redirect'],
  'redirect-to-https': ['force-ssl-redirect'],
  'ssl-services': ['backend-protocol'],
  'grpc-services': ['backend-protocol'],
  rewrite: ['rewrite-target'],
  rewrites: ['rewrite-target'],
  'url-rewrite': ['rewrite-target'],
  sticky: ['affinity'],
  'sticky-cookie-services': ['affinity'],
  'sticky-sessions': ['affinity'],
  'session-affinity': ['affinity'],
  'lb-method': ['load-balance', 'upstream-hash-by'],
  'location-snippet': ['configuration-snippet'],
  'location-snippets': ['configuration-snippet'],
  'nginx-snippet': ['configuration-snippet'],
  snippet: ['configuration-snippet'],
  'server-name': ['server-alias'],
  'server-names': ['server-alias'],
  'www-redirect': ['from-to-www-redirect'],
  'cors-enabled': ['enable-cors'],
  cors: ['enable-cors'],
  regex: ['use-regex'],
  'http-auth': ['auth-type', 'auth-secret'],
  'rate-limit': ['limit-rps', 'limit-rpm'],
  'rate-limiting': ['limit-rps', 'limit-rpm'],
  'rate-limit-rps': ['limit-rps'],
  'rate-limit-rpm': ['limit-rpm'],
  'rate-limit-burst': ['limit-burst-multiplier'],
  'rate-limit-window': ['limit-rps', 'limit-rpm'],
  'rate-limit-whitelist': ['limit-allowlist'],
  'request-limit': ['limit-rps', 'limit-rpm'],
  'limit-req': ['limit-rps', 'limit-rpm'],
  'limit-req-rate': ['limit-rps', 'limit-rpm'],
  'limit-conn': ['limit-connections'],
};

/** Names for which there is something else to do than to write an annotation. */
const ADVICE: Readonly<Record<string, string>> = {
  class: 'write `ingressClassName` in `spec`',
  'ingress-class': 'write `ingressClassName` in `spec`',
  'ingress.class': 'write `ingressClassName` in `spec`',
  'tls-acme': 'write kubernetes.io/tls-acme',
  'websocket-services': 'remove it: WebSocket connections need no annotation',
  websocket: 'remove it: WebSocket connections need no annotation',
  websockets: 'remove it: WebSocket connections need no annotation',
  'enable-websocket': 'remove it: WebSocket connections need no annotation',
  'enable-websockets': 'remove it: WebSocket connections need no annotation',
};

// Maps, since an object also has what all objects have, such as `constructor`.
const MEANT_BY = new Map(Object.entries(MEANT));
const ADVICE_FOR = new Map(Object.entries(ADVICE));

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** The annotations that were meant by a name of which the letters say so to people alone; the first is the nearest. */
export function meantBy(name: string): readonly string[] {
  return MEANT_BY.get(plain(name)) ?? [];
}

/**
 * What to do about a name of which the letters say so to people alone.
 *
 * @param prefix what annotations of the controller begin with, slash included
 */
export function adviceFor(name: string, prefix: string): string | undefined {
  const advice = ADVICE_FOR.get(plain(name));
  if (advice !== undefined) return advice;
  const meant = meantBy(name);
  if (meant.length === 0) return undefined;
  // Of two things that do the same for themselves, one is enough.
  const isChoice = meant[0]?.startsWith('limit-') === true || meant[0] === 'load-balance';
  return `did you mean ${meant.map(each => prefix + each).join(isChoice ? ' or ' : ' and ')}?`;
}
