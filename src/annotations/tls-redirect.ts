/** Where plain HTTP requests are sent: to the same URL over HTTPS, with this status. */
export interface TlsRedirectPolicy {
  readonly code: 301 | 302 | 303 | 307 | 308;
}
