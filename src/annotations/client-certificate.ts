import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer, oneOf, text, trimmed } from '../options/value-type.ts';
import type { Secret } from '../resources/model.ts';
import type { PemFile } from '../routing/secret-files.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import type { ClientCertificate } from '../routing/policies/client-certificate.ts';
import { problemOfText } from '../routing/text.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { AuthorityUser } from './authority-files.ts';
import { authoritiesOf, findAuthoritySecret, hasAuthorities, revocationsOf } from './authority-files.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import { noAuthLocations } from './exempt-paths.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { invalidAnnotationValue } from './rules/annotations.ts';
import { missingClientAuthority } from './rules/client-certificate.ts';
import { invalidGuard } from './rules/guards.ts';

const SECRET = 'auth-tls-secret';
const VERIFY = 'auth-tls-verify-client';
const DEPTH = 'auth-tls-verify-depth';
const ERROR_PAGE = 'auth-tls-error-page';
const PASS = 'auth-tls-pass-certificate-to-upstream';
const MATCH = 'auth-tls-match-cn';

/** Those for which the controller drops the Ingress. */
const DROPPING: readonly string[] = [SECRET, ERROR_PAGE, PASS, MATCH];

const verifyWord = oneOf('on', 'off', 'optional', 'optional_no_ca');
type Verify = ClientCertificate['verify'];

/** Source: ingress-nginx 1.15.1, internal/ingress/annotations/authtls/main.go, redirectRegex. */
const PAGE = /^(?:@[A-Za-z0-9_-]+|(?:(?:https?:\/\/)?[A-Za-z0-9.-]+(?::\d+)?)?(?:\/[A-Za-z0-9_.-]+)*\/?)$/;

/** An expression for the subject of a certificate, which must begin with `CN=`. */
const subjectRegex: ValueType<string> = {
  name: '`CN=` and a regular expression',
  schema: { pattern: '^CN=' },
  parse(value) {
    const help = 'write "CN=" and a name or regular expression, such as "CN=alice"';
    if (!value.startsWith('CN=')) return { ok: false, problem: 'does not begin with "CN="', help };
    const unwritable = problemOfText(value);
    if (unwritable !== undefined) return { ok: false, problem: unwritable, help };
    const problem = problemOfRegex(value);
    return problem === undefined
      ? { ok: true, value }
      : { ok: false, problem: `is not a regular expression: ${problem}`, help };
  },
};

interface Values {
  readonly [SECRET]: string;
  readonly [VERIFY]: Verify;
  readonly [DEPTH]: number;
  readonly [ERROR_PAGE]: string;
  readonly [PASS]: boolean;
  readonly [MATCH]: string;
}

interface Asked {
  readonly values: Values;
  readonly authorities: PemFile;
  readonly revoked: PemFile | undefined;
  readonly open: readonly string[];
}

type Context = ReadContext<{ readonly 'no-auth-locations': readonly string[] }>;

const CLOSED = 'all locations of its hosts answer 403';

/** The controller ignores the others without a Secret, and lets everybody in. */
function readWithoutSecret({ ingress, written, report }: Context): Closed<never> | undefined {
  const textOf = (name: string): string => annotationText(ingress, name).trim();
  const name = textOf(MATCH) !== '' ? MATCH : textOf(VERIFY) === 'on' ? VERIFY : undefined;
  const at = name === undefined ? undefined : written(name);
  if (name === undefined || at === undefined) return undefined;
  const message = `${name} asks for a client certificate, but ${SECRET} is missing`;
  report({ rule: invalidGuard, message, help: `add ${SECRET}, or remove ${name}`, at });
  return closed('location', `${name} is set, ${SECRET} is missing`);
}

/** A Secret with a key pair and no authorities, which the controller takes for no guard at all. */
function readWithoutAuthorities(secret: Secret, values: Values, user: AuthorityUser): Closed<never> | undefined {
  if (values[VERIFY] === 'off' && values[MATCH] === '') return undefined;
  authoritiesOf(secret, user);
  return closed('host', `${SECRET} has no authorities`);
}

/** Where only a snippet could make the location. */
function errorPageOf(page: string, { ingress, report }: Context): string | undefined {
  if (!page.startsWith('@')) return page === '' ? undefined : page;
  const message = `${ERROR_PAGE}: there is no location "${page}": clients without a good certificate get 400`;
  report({ rule: invalidAnnotationValue, message, help: 'write a URL', at: annotationRef(ingress, ERROR_PAGE) });
  return undefined;
}

function read(values: Values, context: Context): Asked | Closed<never> | undefined {
  const { ingress, tables, report, refused, options, mayUse } = context;
  if (DROPPING.some(name => refused.has(name))) {
    return closed('host', `the values of ${SECRET} and its like are not valid`);
  }
  if (values[SECRET] === '') return readWithoutSecret(context);
  const about = { annotation: SECRET, rule: missingClientAuthority, consequence: CLOSED };
  const user = { ingress, tables, report, mayUse, ...about };
  const secret = findAuthoritySecret(values[SECRET], user);
  if (secret === undefined) return closed('host', `the Secret of ${SECRET} is missing`);
  if (!hasAuthorities(secret)) return readWithoutAuthorities(secret, values, user);
  const authorities = authoritiesOf(secret, user);
  const revoked = revocationsOf(secret, user);
  if (authorities === undefined || revoked === undefined) return closed('host', `the Secret of ${SECRET} is not valid`);
  const page = errorPageOf(values[ERROR_PAGE], context);
  return {
    values: { ...values, [ERROR_PAGE]: page ?? '' },
    authorities,
    revoked: revoked === 'none' ? undefined : revoked,
    open: options['no-auth-locations'],
  };
}

/**
 * Which client certificates a host asks for. Whatever is wrong with them closes the host.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/authtls/main.go, and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const clientCertificate = defineFamily({
  name: 'clientCertificate',
  options: { 'no-auth-locations': noAuthLocations },
  annotations: {
    [SECRET]: {
      type: trimmed(text(/^[-/._~a-zA-Z0-9:]*$/, 'letters, digits and - . _ ~ / :')),
      default: '',
      example: 'shop/clients',
      summary:
        'Asks the clients of the host for a certificate that an authority in this Secret (`namespace/name`; `ca.crt`, and `ca.crl` for revoked ones) has signed. Over plain HTTP, what is not redirected gets 403.',
      becomes: 'ssl_client_certificate, ssl_crl, ssl_verify_client',
      differs: [
        {
          says: 'plain HTTP requests that are not redirected get 403 where a certificate is required; the controller lets them in',
        },
        {
          says: 'clients that name no host in the handshake get 421; the controller takes them for clients without certificate',
        },
      ],
    } satisfies OptionSpec<string>,
    [VERIFY]: {
      type: trimmed(verifyWord),
      default: 'on',
      example: 'optional',
      summary:
        'Whether a client certificate is required (`on`), not asked for (`off`), or may be missing (`optional`), or may be of any authority as well (`optional_no_ca`).',
      becomes: 'ssl_verify_client',
    } satisfies OptionSpec<Verify>,
    [DEPTH]: {
      type: integer({ min: 0, max: 100 }),
      default: 1,
      example: '2',
      summary: 'How many certificates may follow that of the client in its chain; `0` is 1.',
      becomes: 'ssl_verify_depth',
    } satisfies OptionSpec<number>,
    [ERROR_PAGE]: {
      type: trimmed(text(PAGE, 'a URL without query')),
      default: '',
      example: 'https://www.example.com/no-certificate',
      summary: 'Where clients without a good certificate are sent, instead of 400: a URL (302), or a path of the host.',
      becomes: 'error_page',
    } satisfies OptionSpec<string>,
    [PASS]: {
      type: trimmed(bool),
      default: false,
      example: 'true',
      summary: 'Whether backends get the certificate, as URL-encoded PEM in the header `ssl-client-cert`.',
      becomes: 'proxy_set_header',
      differs: [
        {
          says: 'a header ssl-client-cert of the client is removed; the controller passes it on',
          where: value => !value,
        },
      ],
    } satisfies OptionSpec<boolean>,
    [MATCH]: {
      type: trimmed(subjectRegex),
      default: '',
      example: 'CN=alice',
      summary:
        'Lets in only client certificates (others get 403) in whose subject this expression is found, anywhere: `CN=al` lets in `CN=alice`.',
      becomes: 'map, return',
    } satisfies OptionSpec<string>,
  },
  invalid: { rule: invalidGuard, isDropped: () => true, of: DROPPING },
  switchedOnBy: SECRET,
  guardsHost: ({ values }) => values[VERIFY] !== 'off' || values[MATCH] !== '',
  read,
  gives: {
    server({ values, authorities, revoked, open }, { host, keep }) {
      const { [ERROR_PAGE]: errorPage, [MATCH]: subject } = values;
      return {
        authorities: keep(authorities),
        ...(revoked === undefined ? {} : { revoked: keep(revoked) }),
        verify: values[VERIFY],
        depth: Math.max(1, values[DEPTH]),
        ...(errorPage === '' ? {} : { errorPage }),
        isPassed: values[PASS],
        ...(subject === '' ? {} : { subject }),
        open,
        isOfAll: host === '_',
      };
    },
  },
});
