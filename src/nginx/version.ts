/** A release of nginx. */
export interface NginxVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Which of the newer directives may be written. All false gives text that every nginx from 1.22 on loads. */
export interface Syntax {
  /** `http2 on;` since 1.25.1, where `listen … http2` became deprecated. */
  readonly http2Directive: boolean;
  /** `server … resolve` in an upstream{}, in the open source nginx since 1.27.3. */
  readonly resolvingUpstreams: boolean;
  /** `keepalive_min_timeout` since 1.27.4: a reload no longer cuts idle connections that are about to be used. */
  readonly keepaliveMinTimeout: boolean;
  /** Since 1.29.7 an upstream keeps connections by itself; before, it could not be told `keepalive 0`. */
  readonly keepsByItself: boolean;
}

/** Reads `1.26.3`, and what `nginx -v` prints (`nginx version: nginx/1.26.3`). */
export function parseNginxVersion(text: string): NginxVersion | undefined {
  const found = /^(?:(?:nginx version: )?nginx\/)?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?=$|\s)/.exec(text.trim());
  if (found === null) return undefined;
  return { major: Number(found[1]), minor: Number(found[2]), patch: Number(found[3]) };
}

export function syntaxOf(version: NginxVersion | undefined): Syntax {
  return {
    http2Directive: isAtLeast(version, 1, 25, 1),
    resolvingUpstreams: isAtLeast(version, 1, 27, 3),
    keepaliveMinTimeout: isAtLeast(version, 1, 27, 4),
    keepsByItself: isAtLeast(version, 1, 29, 7),
  };
}

function isAtLeast(version: NginxVersion | undefined, major: number, minor: number, patch: number): boolean {
  if (version === undefined) return false;
  if (version.major !== major) return version.major > major;
  if (version.minor !== minor) return version.minor > minor;
  return version.patch >= patch;
}
