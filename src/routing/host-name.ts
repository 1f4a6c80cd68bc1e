/** Bytes and signs that nginx takes in no host. */
const NEVER = /[\0-\x20\x7f/]|\.\./;

/**
 * The host that nginx looks for: in lower case, without port and without a dot at its end. Undefined where nginx answers 400.
 * Source: nginx's src/http/ngx_http_request.c, ngx_http_validate_host, before version 1.29.4; newer ones refuse more.
 *
 * @param sent the Host header, or the name of a TLS handshake
 */
export function readHost(sent: string): string | undefined {
  if (NEVER.test(sent)) return undefined;
  const host = sent.startsWith('[') ? (/^\[[^\]]*\]/.exec(sent)?.[0] ?? sent) : sent.replace(/:.*$/s, '');
  const whole = host.endsWith('.') ? host.slice(0, -1) : host;
  return whole === '' ? undefined : whole.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
}

/** The name that clients send in a TLS handshake for the host of a URL: none for an address. */
export function handshakeName(host: string): string | undefined {
  const name = host.startsWith('[') ? '' : host.replace(/:\d*$/, '').replace(/\.$/, '');
  return name === '' || /^\d+(?:\.\d+){3}$/.test(name) ? undefined : name;
}
