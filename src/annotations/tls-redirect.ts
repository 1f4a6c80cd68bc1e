import { bool } from '../options/value-type.ts';
import { isExempt } from '../controller-config/exempt-paths.ts';
import { defineFamily } from './family.ts';
import type { OptionSpec } from '../options/option.ts';

/** Where plain HTTP requests are sent: to the same URL over HTTPS, with this status. */
export interface TlsRedirectPolicy {
  readonly code: RedirectCode;
}

type RedirectCode = 301 | 302 | 307 | 308;

const CODES = { '301': 301, '302': 302, '307': 307, '308': 308 } as const;

/**
 * Redirects to HTTPS. `ssl-redirect` needs a certificate for the host, `force-ssl-redirect` does not. The catch-all
 * takes neither, as in the controller, which keeps the redirect settings of its own default server there.
 */
export const tlsRedirect = defineFamily({
  annotations: {
    'ssl-redirect': {
      type: bool,
      default: true,
      defaultFrom: 'ssl-redirect',
      example: 'false',
      summary: 'Sends plain HTTP requests to HTTPS if the host has a certificate.',
    } satisfies OptionSpec<boolean>,
    'force-ssl-redirect': {
      type: bool,
      default: false,
      defaultFrom: 'force-ssl-redirect',
      example: 'true',
      summary: 'Sends plain HTTP requests to HTTPS even if the host has no certificate.',
    } satisfies OptionSpec<boolean>,
  },
  defaults: options => ({
    'ssl-redirect': options['ssl-redirect'],
    'force-ssl-redirect': options['force-ssl-redirect'],
  }),
  read: (values, { options }) => ({
    withTls: values['ssl-redirect'] || values['force-ssl-redirect'],
    withoutTls: values['force-ssl-redirect'],
    except: options['no-tls-redirect-locations'],
    code: CODES[options['http-redirect-code']],
  }),
  policyFor(asked, { path, hasTls, isCatchAll }): TlsRedirectPolicy | undefined {
    const applies = hasTls ? asked.withTls : asked.withoutTls;
    if (!applies || isCatchAll || isExempt(path, asked.except)) return undefined;
    return { code: asked.code };
  },
});
