/** What is believed of what proxies in front of nginx say about a request. */
export interface Forwarded {
  /** X-Forwarded-Proto, X-Forwarded-Port and X-Forwarded-Host tell how the client asked. */
  readonly isBelieved: boolean;
  /** Backends get X-Forwarded-For as it came, with the address of the connection at its end. */
  readonly isContinued: boolean;
  /** The header that names the client. */
  readonly forHeader: string;
  /** The header that names the host, for X-Original-Forwarded-Host. */
  readonly hostHeader: string;
  /** The header in which backends get what names the client where a PROXY protocol and headers do. */
  readonly bothHeader: string;
  /** Who may name the client; missing where nobody may, and it is the one who connects. */
  readonly trusted?: readonly string[];
  /** The option that says who may could not be read, so that nobody gets in. */
  readonly isClosed: boolean;
}
