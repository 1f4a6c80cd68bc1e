/** Where plain HTTP requests are sent: to the same URL over HTTPS, with this status. */
export interface TlsRedirect {
  readonly code: RedirectCode;
  /** A slash at the very end of the URL stays. */
  readonly keepsSlash?: true;
  /** The port of HTTPS is named, whatever it is. */
  readonly namesPort?: true;
}

export type RedirectCode = 301 | 302 | 307 | 308;
