/** How much harm a change can do to those who did not expect it. The worst first. */
export const RISKS = ['high', 'medium', 'low'] as const;

export type Risk = (typeof RISKS)[number];

interface KindFacts {
  readonly risk: Risk;
  /** What it is, for people: the text of the documentation and of `--list-changes`. */
  readonly summary: string;
}

/**
 * All changes that clients can notice. Names are stable, since gates name them. High: clients lose something they had, or
 * get in where they did not. Medium: they are answered differently, or kept out. Low: the same answers, in another way.
 */
export const CHANGE_KINDS = {
  'removed-route': { risk: 'high', summary: 'a path that is no longer served' },
  'closed-route': {
    risk: 'high',
    summary: 'a path whose requests nginx now answers with an error instead of a backend',
  },
  'shadowed-route': {
    risk: 'high',
    summary: 'a path that is still there, but another location now takes its requests',
  },
  'regex-host': {
    risk: 'high',
    summary: 'a host whose paths now are regular expressions, regardless of case, since one path of it asks for that',
  },
  'plain-host': { risk: 'medium', summary: 'a host whose paths were regular expressions, and now are plain paths' },
  'removed-alias': { risk: 'high', summary: 'another name of a host that is no longer served' },
  'moved-route': { risk: 'medium', summary: 'a path that now goes to another Service or is redirected' },
  'canary-changed': { risk: 'medium', summary: 'the rules or the shares by which requests are split between Services' },
  'redirect-changed': { risk: 'medium', summary: 'a redirect that now leads elsewhere or has another status' },
  'added-route': { risk: 'low', summary: 'a path that was not served' },
  'opened-route': {
    risk: 'low',
    summary: 'a path that a backend answers now, and nginx answered with an error before',
  },
  'added-alias': { risk: 'low', summary: 'another name of a host' },

  'auth-removed': { risk: 'high', summary: 'a password or an auth service is no longer asked for' },
  'auth-changed': { risk: 'medium', summary: 'other users, another auth service, or other questions to it' },
  'auth-added': { risk: 'medium', summary: 'a password or an auth service is asked for' },
  'checks-weakened': { risk: 'high', summary: 'one of several access checks is now enough (satisfy: any)' },
  'checks-strengthened': { risk: 'medium', summary: 'all access checks must be passed now (satisfy: all)' },
  'client-certificate-removed': { risk: 'high', summary: 'clients no longer need to show a certificate' },
  'client-certificate-changed': { risk: 'high', summary: 'other client certificates are accepted, or in another way' },
  'client-certificate-added': { risk: 'medium', summary: 'clients must show a certificate' },
  'allow-list-removed': { risk: 'high', summary: 'clients of any address get in' },
  'allow-list-widened': { risk: 'high', summary: 'more addresses get in' },
  'allow-list-changed': { risk: 'high', summary: 'some addresses get in that did not, and others no longer do' },
  'allow-list-narrowed': { risk: 'medium', summary: 'fewer addresses get in' },
  'allow-list-added': { risk: 'medium', summary: 'only clients of some addresses get in' },
  'block-removed': { risk: 'high', summary: 'user agents or referers are no longer blocked' },
  'block-changed': { risk: 'medium', summary: 'other user agents or referers are blocked' },
  'block-added': { risk: 'medium', summary: 'user agents or referers are blocked' },
  'waf-removed': { risk: 'high', summary: 'ModSecurity no longer inspects requests' },
  'waf-changed': { risk: 'medium', summary: 'ModSecurity has other rules' },
  'waf-added': { risk: 'medium', summary: 'ModSecurity inspects requests' },
  'trusted-proxies-changed': { risk: 'high', summary: 'whom nginx believes who the client is' },
  'limit-removed': { risk: 'medium', summary: 'clients are no longer limited' },
  'limit-changed': { risk: 'medium', summary: 'clients have other limits, or other clients have them' },
  'limit-added': { risk: 'medium', summary: 'clients are limited' },
  'cors-opened': { risk: 'high', summary: 'scripts of any site, or with cookies, may read the answers' },
  'cors-changed': {
    risk: 'medium',
    summary: 'scripts of other sites, or with other methods and headers, may read them',
  },
  'cors-removed': { risk: 'medium', summary: 'scripts of other sites may no longer read the answers' },
  'cors-added': { risk: 'low', summary: 'scripts of some other sites may read the answers' },

  'tls-removed': { risk: 'high', summary: 'a host without a certificate of its own: browsers warn or cannot connect' },
  'tls-changed': { risk: 'medium', summary: 'other protocols, ciphers or settings of TLS' },
  'tls-added': { risk: 'low', summary: 'a host gets a certificate of its own' },
  'certificate-changed': { risk: 'medium', summary: 'a host shows the certificate of another Secret' },
  'certificate-renewed': { risk: 'low', summary: 'the Secret of a certificate holds another one' },
  'passthrough-changed': { risk: 'high', summary: 'where TLS connections end: in nginx or in a backend' },
  'https-redirect-removed': { risk: 'high', summary: 'plain HTTP is answered instead of redirected to HTTPS' },
  'https-redirect-added': { risk: 'medium', summary: 'plain HTTP is redirected to HTTPS' },
  'https-redirect-changed': { risk: 'low', summary: 'another status of the redirect to HTTPS' },
  'hsts-removed': { risk: 'medium', summary: 'browsers are no longer told to use HTTPS only' },
  'hsts-changed': { risk: 'low', summary: 'browsers are told something else about HTTPS' },
  'hsts-added': { risk: 'medium', summary: 'browsers are told to use HTTPS only, and keep that in mind' },

  'snippet-removed': {
    risk: 'high',
    summary: 'a snippet is gone: what it did, such as refusing somebody, is not done',
  },
  'snippet-changed': { risk: 'high', summary: 'a snippet does something else' },
  'snippet-added': { risk: 'medium', summary: 'a snippet does something more' },
  'rewrite-changed': { risk: 'medium', summary: 'backends get other paths' },
  'app-root-changed': { risk: 'medium', summary: 'where requests for / are sent' },
  'backend-host-changed': { risk: 'medium', summary: 'backends get another Host header' },
  'response-headers-changed': { risk: 'medium', summary: 'responses have other headers' },
  'request-headers-changed': { risk: 'low', summary: 'backends get other headers' },
  'body-size-lowered': { risk: 'medium', summary: 'uploads that were accepted are answered with 413' },
  'body-size-raised': { risk: 'low', summary: 'larger uploads are accepted' },
  'timeouts-shortened': { risk: 'medium', summary: 'slow backends have less time' },
  'timeouts-changed': { risk: 'low', summary: 'backends have more time' },
  'errors-changed': { risk: 'low', summary: 'which error pages there are, and who makes them' },
  'mirror-changed': { risk: 'medium', summary: 'where a copy of each request goes' },
  'buffering-changed': { risk: 'low', summary: 'what is held of requests and responses, and how fast they are sent' },
  'logs-changed': { risk: 'low', summary: 'what is written of requests, and where traces go' },

  'endpoints-changed': { risk: 'low', summary: 'the endpoints of a Service' },
  'affinity-changed': { risk: 'medium', summary: 'whether and how clients stay with one endpoint' },
  'balancing-changed': { risk: 'low', summary: 'how requests are spread over endpoints, and tried again' },
  'protocol-changed': { risk: 'high', summary: 'backends are spoken to in another protocol' },
  'backend-tls-weakened': { risk: 'high', summary: 'the certificates of backends are no longer checked' },
  'backend-tls-changed': { risk: 'medium', summary: 'how TLS connections to backends are made' },

  'removed-stream': { risk: 'high', summary: 'a TCP or UDP port that is no longer served' },
  'stream-changed': { risk: 'medium', summary: 'a TCP or UDP port that leads elsewhere' },
  'added-stream': { risk: 'low', summary: 'a TCP or UDP port that was not served' },
  'listener-changed': { risk: 'high', summary: 'the addresses and ports on which nginx listens' },
  'connections-changed': { risk: 'low', summary: 'how connections of clients and backends are kept, and how many' },
  'option-changed': { risk: 'low', summary: 'another global setting' },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type ChangeKind = keyof typeof CHANGE_KINDS;

/** The kinds in the order of the table. */
export const CHANGE_NAMES: readonly ChangeKind[] = Object.keys(CHANGE_KINDS).filter(isChangeKind);

export function isChangeKind(text: string): text is ChangeKind {
  return Object.hasOwn(CHANGE_KINDS, text);
}
