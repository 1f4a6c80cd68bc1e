/** The options that people mean by names that the controller never had, and that are near none of its own. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'body-size': ['proxy-body-size'],
  'client-body-size': ['proxy-body-size'],
  'client-max-body-size': ['proxy-body-size'],
  'max-body-size': ['proxy-body-size'],
  'proxy-buffers': ['proxy-buffers-number', 'proxy-buffer-size'],
  'use-hts': ['hsts'],
  'use-hsts': ['hsts'],
  'enable-hsts': ['hsts'],
  'enable-gzip': ['use-gzip'],
  gzip: ['use-gzip'],
  'enable-http2': ['use-http2'],
  http2: ['use-http2'],
  'enable-real-ip-cidr': ['proxy-real-ip-cidr'],
  'set-real-ip-from': ['enable-real-ip', 'proxy-real-ip-cidr'],
  'real-ip-header': ['enable-real-ip', 'forwarded-for-header'],
  'real-ip-from': ['enable-real-ip', 'proxy-real-ip-cidr'],
  'keepalive-timeout': ['keep-alive'],
  'keepalive-requests': ['keep-alive-requests'],
  'worker-connections': ['max-worker-connections'],
  'underscores-in-headers': ['enable-underscores-in-headers'],
  'access-log': ['disable-access-log'],
  'log-format': ['log-format-upstream'],
  'client-max-header-size': ['large-client-header-buffers'],
  'add-header': ['add-headers'],
  'use-modsecurity': ['enable-modsecurity'],
  brotli: ['enable-brotli'],
  'server-names-hash-bucket-size': ['server-name-hash-bucket-size'],
  'server-names-hash-max-size': ['server-name-hash-max-size'],
};

/** Names for which there is something else to do than to write an option. */
const ADVICE: Readonly<Record<string, string>> = {
  'hostname-lookup': 'remove it: nginx looks up no names of clients',
  'enable-vts-status': 'remove it: later versions of the controller have metrics of their own',
  'vts-default-filter-key': 'remove it: later versions of the controller have metrics of their own',
  resolver: 'remove it: the DNS servers are those of the machine, or those of --resolver',
};

// Maps, since an object also has what all objects have, such as `constructor`.
const MEANT_BY = new Map(Object.entries(MEANT));
const ADVICE_FOR = new Map(Object.entries(ADVICE));

/** What to do about the name of an option of which the letters say so to people alone. */
export function optionAdvice(name: string): string | undefined {
  const plain = name.toLowerCase().replaceAll('_', '-');
  const meant = MEANT_BY.get(plain);
  return meant === undefined ? ADVICE_FOR.get(plain) : `did you mean ${meant.join(' and ')}?`;
}
