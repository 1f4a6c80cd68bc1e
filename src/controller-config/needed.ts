/** Options, and those of which one must be on for them to have an effect. */
interface Needing {
  readonly needs: readonly string[];
  readonly names: readonly string[];
}

const NEEDING: readonly Needing[] = [
  { needs: ['use-gzip'], names: ['gzip-disable', 'gzip-level', 'gzip-min-length', 'gzip-types'] },
  { needs: ['enable-brotli'], names: ['brotli-level', 'brotli-min-length', 'brotli-types'] },
  { needs: ['enable-syslog'], names: ['syslog-host', 'syslog-port'] },
  { needs: ['use-forwarded-headers'], names: ['compute-full-forwarded-for'] },
  { needs: ['use-forwarded-headers', 'use-proxy-protocol', 'enable-real-ip'], names: ['proxy-real-ip-cidr'] },
  {
    needs: ['global-auth-url'],
    names: [
      'global-auth-always-set-cookie',
      'global-auth-cache-duration',
      'global-auth-cache-key',
      'global-auth-method',
      'global-auth-request-redirect',
      'global-auth-response-headers',
      'global-auth-signin',
      'global-auth-signin-redirect-param',
      'global-auth-snippet',
    ],
  },
];

/**
 * What options need, by their names. What an annotation can switch on as well is not here, nor what is on without a word of
 * anybody.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl.
 */
export const neededOptions: ReadonlyMap<string, readonly string[]> = new Map(
  NEEDING.flatMap(({ needs, names }) => names.map(name => [name, needs] as const)),
);
