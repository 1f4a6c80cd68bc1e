/** Where plain HTTP requests are sent: to the same URL over HTTPS, with this status. */
export interface TlsRedirect {
  readonly code: RedirectCode;
}

export type RedirectCode = 301 | 302 | 307 | 308;
