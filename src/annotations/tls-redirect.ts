import { bool, oneOf } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import type { TlsRedirect } from '../routing/policies/tls-redirect.ts';
import { exemptPaths, isExempt } from './exempt-paths.ts';
import { defineFamily } from './family.ts';

const CODES = { '301': { code: 301 }, '302': { code: 302 }, '307': { code: 307 }, '308': { code: 308 } } as const;

interface Asked {
  readonly withTls: boolean;
  readonly withoutTls: boolean;
  readonly except: readonly string[];
  readonly redirect: TlsRedirect;
}

interface Options {
  readonly 'no-tls-redirect-locations': readonly string[];
  readonly 'http-redirect-code': keyof typeof CODES;
}

type Flags = Readonly<Record<'ssl-redirect' | 'force-ssl-redirect', boolean>>;

function askedOf(flags: Flags, options: Options): Asked {
  return {
    withTls: flags['ssl-redirect'] || flags['force-ssl-redirect'],
    withoutTls: flags['force-ssl-redirect'],
    except: options['no-tls-redirect-locations'],
    redirect: CODES[options['http-redirect-code']],
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
    } satisfies OptionSpec<boolean>,
    'force-ssl-redirect': {
      type: bool,
      default: false,
      defaultFrom: 'force-ssl-redirect',
      example: 'true',
      summary: 'Sends plain HTTP requests to HTTPS even if the host has no certificate.',
    } satisfies OptionSpec<boolean>,
  },
  options: {
    'ssl-redirect': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether hosts with a certificate send plain HTTP requests to HTTPS.',
    } satisfies OptionSpec<boolean>,
    'force-ssl-redirect': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether hosts without a certificate do so, too.',
    } satisfies OptionSpec<boolean>,
    'http-redirect-code': {
      type: oneOf('301', '302', '307', '308'),
      default: '308',
      example: '301',
      summary: 'The status of these redirects.',
    } satisfies OptionSpec<'301' | '302' | '307' | '308'>,
    'no-tls-redirect-locations': exemptPaths(
      '/.well-known/acme-challenge,/open',
      'Paths that are never redirected: every location whose path begins with one of them.',
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
