import { bool } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import type { TlsRedirect } from '../routing/policies/tls-redirect.ts';
import { isExempt } from '../routing/exempt-paths.ts';
import { exemptPaths } from './exempt-paths.ts';
import { defineFamily } from './family.ts';
import type { CodeText } from './http-redirect-code.ts';
import { CODES, HTTP_REDIRECT_CODE, httpRedirectCode } from './http-redirect-code.ts';
import { PORT_IN_REDIRECTS, portInRedirects, portInRedirectsOption } from './port-in-redirects.ts';

const SLASH = 'preserve-trailing-slash';

/** Equal ones are one object. */
const REDIRECTS = new Map<string, TlsRedirect>();

interface Asked {
  readonly withTls: boolean;
  readonly withoutTls: boolean;
  readonly except: readonly string[];
  readonly redirect: TlsRedirect;
}

interface Options {
  readonly 'no-tls-redirect-locations': readonly string[];
  readonly [HTTP_REDIRECT_CODE]: CodeText;
}

type Flags = Readonly<Record<'ssl-redirect' | 'force-ssl-redirect' | typeof SLASH | typeof PORT_IN_REDIRECTS, boolean>>;

function redirectOf(flags: Flags, options: Options): TlsRedirect {
  const made: TlsRedirect = {
    code: CODES[options[HTTP_REDIRECT_CODE]],
    ...(flags[SLASH] ? { keepsSlash: true } : {}),
    ...(flags[PORT_IN_REDIRECTS] ? { namesPort: true } : {}),
  };
  const key = JSON.stringify(made);
  const known = REDIRECTS.get(key) ?? made;
  REDIRECTS.set(key, known);
  return known;
}

function askedOf(flags: Flags, options: Options): Asked {
  return {
    withTls: flags['ssl-redirect'] || flags['force-ssl-redirect'],
    withoutTls: flags['force-ssl-redirect'],
    except: options['no-tls-redirect-locations'],
    redirect: redirectOf(flags, options),
  };
}

/**
 * Redirects to HTTPS. `ssl-redirect` needs a certificate for the host, `force-ssl-redirect` does not. The catch-all
 * takes neither, as in the controller, which keeps the redirect settings of its own default server there.
 */
export const tlsRedirect = defineFamily({
  name: 'tlsRedirect',
  annotations: {
    'ssl-redirect': {
      type: bool,
      default: true,
      defaultFrom: 'ssl-redirect',
      example: 'false',
      summary: 'Sends plain HTTP requests to HTTPS if the host has a certificate.',
      becomes: 'if, return 308',
    } satisfies OptionSpec<boolean>,
    'force-ssl-redirect': {
      type: bool,
      default: false,
      defaultFrom: 'force-ssl-redirect',
      example: 'true',
      summary: 'Sends plain HTTP requests to HTTPS even if the host has no certificate.',
      becomes: 'if, return 308',
    } satisfies OptionSpec<boolean>,
    [SLASH]: {
      type: bool,
      default: false,
      defaultFrom: SLASH,
      example: 'true',
      summary: 'Whether redirects to HTTPS keep a slash at the very end of the URL.',
      becomes: 'map, return',
    } satisfies OptionSpec<boolean>,
    ...portInRedirects,
  },
  options: {
    'ssl-redirect': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether hosts with a certificate send plain HTTP requests to HTTPS.',
      becomes: 'if, return 308',
    } satisfies OptionSpec<boolean>,
    'force-ssl-redirect': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether hosts without a certificate do so, too.',
      becomes: 'if, return 308',
    } satisfies OptionSpec<boolean>,
    [SLASH]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether redirects to HTTPS keep a slash at the very end of the URL.',
      becomes: 'map, return',
    } satisfies OptionSpec<boolean>,
    ...portInRedirectsOption,
    ...httpRedirectCode,
    'no-tls-redirect-locations': exemptPaths(
      '/.well-known/acme-challenge,/open',
      'Paths that are never redirected: every location whose path begins with one of them.',
      'location, if, return',
    ),
  },
  read: (values, { options }) => askedOf(values, options),
  byDefault: options => askedOf(options, options),
  askers: values => [values['force-ssl-redirect'] ? 'force-ssl-redirect' : 'ssl-redirect'],
  gives: {
    location(asked, { path, hasTls, isCatchAll }) {
      const applies = hasTls ? asked.withTls : asked.withoutTls;
      return !applies || isCatchAll || isExempt(path, asked.except) ? undefined : asked.redirect;
    },
  },
});
