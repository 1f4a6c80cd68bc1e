/** Keeps each client on one endpoint, by a cookie. */
export interface Affinity {
  readonly cookie: SessionCookie;
  /**
   * `balanced`: a new endpoint takes over some of the sessions of each of the others. `persistent`: a session stays where
   * it is for as long as its endpoint is there.
   */
  readonly mode: 'balanced' | 'persistent';
  /** Where the endpoint of a session failed, its client stays with the one that answered instead. */
  readonly changesOnFailure: boolean;
  /** Of the Service of a canary: what its cookies end in, so that their clients stay on its side. */
  readonly mark?: string;
}

/** The cookie of a session, but for its value and its path. Its texts hold nothing that ends an attribute, and no dollar. */
export interface SessionCookie {
  readonly name: string;
  /** Seconds. Undefined: until the browser is closed. */
  readonly maxAge: number | undefined;
  readonly domain: string | undefined;
  /** Over plain HTTP, too; over HTTPS the attribute is there in any case. */
  readonly isSecure: boolean;
  readonly sameSite: SameSite | undefined;
  /** Browsers that mistake SameSite=None get the cookie without it. */
  readonly isNoneConditional: boolean;
}

export type SameSite = 'None' | 'Lax' | 'Strict';

/** A location that gives its clients the cookie of a session. */
export interface AffinityCookie {
  /** The Path of the cookie. */
  readonly path: string;
}
