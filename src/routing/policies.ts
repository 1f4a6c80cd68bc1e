import type { BasicAuthPolicy } from '../annotations/basic-auth.ts';
import type { RewritePolicy } from '../annotations/rewrite.ts';
import type { TlsRedirectPolicy } from '../annotations/tls-redirect.ts';

/** What a location does besides leading somewhere; each is what one annotation family gives. */
export interface Policies {
  readonly tlsRedirect?: TlsRedirectPolicy;
  readonly basicAuth?: BasicAuthPolicy;
  readonly rewrite?: RewritePolicy;
}
