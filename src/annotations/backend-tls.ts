import { fileStem } from '../cluster/object-name.ts';
import { listed } from '../diagnostics/words.ts';
import { cipherList } from '../options/cipher-list.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool, integer, text, trimmed } from '../options/value-type.ts';
import { readKeyPair } from '../pem/key-pair.ts';
import type { Secret } from '../resources/model.ts';
import { dataRef, refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { Certificate } from '../routing/secret-files.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { AuthorityUser } from './authority-files.ts';
import { authoritiesOf, findAuthoritySecret, hasAuthorities } from './authority-files.ts';
import type { OnOff } from './backend-tls-values.ts';
import { backendName, onOff, protocols, verifyWord } from './backend-tls-values.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { Encryption } from './encryption.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect, invalidAnnotationValue } from './rules/annotations.ts';
import { backendNameMissing, missingBackendAuthority } from './rules/backend-tls.ts';
import { invalidGuard } from './rules/guards.ts';

const SECRET = 'proxy-ssl-secret';
const CIPHERS = 'proxy-ssl-ciphers';
const NAME = 'proxy-ssl-name';
const PROTOCOLS = 'proxy-ssl-protocols';
const SEND_NAME = 'proxy-ssl-server-name';
const VERIFY = 'proxy-ssl-verify';
const DEPTH = 'proxy-ssl-verify-depth';
const LOCATION_ONLY = 'proxy-ssl-location-only';

/** What the controller calls all its backends. Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl. */
const NAME_OF_ALL = 'upstream_balancer';
const DEFAULT_CIPHERS = 'DEFAULT';

interface Values {
  readonly [SECRET]: string;
  readonly [CIPHERS]: string;
  readonly [NAME]: string;
  readonly [PROTOCOLS]: readonly string[];
  readonly [SEND_NAME]: OnOff;
  readonly [VERIFY]: OnOff | 'no';
  readonly [DEPTH]: number;
}

type Context = ReadContext<{ readonly [LOCATION_ONLY]: boolean }>;

const CLOSED = 'the locations of this Ingress answer 503';

/** Says which of the others have no effect without a Secret. */
function reportIdle({ ingress, report }: Context): void {
  const names = [CIPHERS, NAME, PROTOCOLS, SEND_NAME, DEPTH].filter(name => annotationText(ingress, name) !== '');
  const [first] = names;
  if (first === undefined) return;
  const message = `${listed(names)} ${names.length === 1 ? 'has' : 'have'} no effect without ${SECRET}`;
  const help = `add ${SECRET}, or remove ${names.length === 1 ? 'it' : 'them'}`;
  report({ rule: annotationWithoutEffect, message, help, at: annotationRef(ingress, first) });
}

/** The controller ignores the others without a Secret, and checks nothing. */
function readWithoutSecret(context: Context): Closed<never> | undefined {
  const { ingress, written, report } = context;
  const at = written(VERIFY);
  if (at === undefined || annotationText(ingress, VERIFY).trim() !== 'on') {
    reportIdle(context);
    return undefined;
  }
  const protocol = annotationText(ingress, 'backend-protocol').trim().toUpperCase();
  if (!/^(?:HTTPS|GRPCS|AUTO_HTTP)$/.test(protocol)) {
    const message = `${VERIFY} has no effect: the backends of this Ingress speak no TLS`;
    report({ rule: annotationWithoutEffect, message, help: 'write backend-protocol: "HTTPS", or remove it', at });
    return undefined;
  }
  const message = `${VERIFY} asks for certificates of backends to be checked, but ${SECRET} is missing`;
  report({ rule: invalidGuard, message, help: `add ${SECRET}, or remove ${VERIFY}`, at });
  return closed('location', `${VERIFY} is set, ${SECRET} is missing`);
}

function textOf({ data }: Secret, key: string): string {
  return Buffer.from(data[key] ?? '', 'base64').toString('latin1');
}

/** The certificate that backends are shown; undefined, and said, if nginx cannot use it. */
function keyPairOf(
  secret: Secret,
  { report, ingress, annotation, rule, consequence }: AuthorityUser,
): Certificate | undefined {
  const pair = readKeyPair(textOf(secret, 'tls.crt'), textOf(secret, 'tls.key'));
  if (!('chain' in pair)) {
    const message = `the Secret ${secret.namespace}/${secret.name} ${pair.message}: ${consequence}`;
    const help = pair.help ?? `put the right PEM text under "${pair.field}"`;
    const related = [{ message: 'it is used here', at: annotationRef(ingress, annotation) }];
    report({ rule, message, help, at: dataRef(secret, pair.field), related });
    return undefined;
  }
  const id = fileStem(secret.namespace, secret.name, 'client');
  return { kind: 'key-pair', id, chain: pair.chain, key: pair.key, from: cameFrom(secret, refOf(secret)) };
}

type Files = Pick<Encryption, 'authorities' | 'keyPair'>;

/** What a Secret has; undefined, and said, where it is of no use. One without authorities shows nothing, as in the controller. */
function filesOf(values: Values, context: Context): Files | undefined {
  const { ingress, tables, report, mayUse } = context;
  const about = { annotation: SECRET, rule: missingBackendAuthority, consequence: CLOSED };
  const user = { ingress, tables, report, mayUse, ...about };
  const secret = findAuthoritySecret(values[SECRET], user);
  if (secret === undefined) return undefined;
  const hasPair = secret.data['tls.crt'] !== undefined && secret.data['tls.key'] !== undefined;
  const keyPair = hasPair ? keyPairOf(secret, user) : undefined;
  if (hasPair && keyPair === undefined) return undefined;
  if (!hasPair || hasAuthorities(secret) || values[VERIFY] === 'on') {
    const authorities = authoritiesOf(secret, user);
    return authorities === undefined ? undefined : { authorities, ...(keyPair === undefined ? {} : { keyPair }) };
  }
  const message = `${SECRET}: the certificate of ${values[SECRET]} is not shown to backends, since the Secret has no ca.crt`;
  report({ rule: annotationWithoutEffect, message, help: 'add ca.crt', at: annotationRef(ingress, SECRET) });
  return {};
}

function say(name: string, problem: string, help: string, { ingress, report }: Context): void {
  const message = `${name}: "${annotationText(ingress, name)}" ${problem}`;
  report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, name) });
}

/** A list that OpenSSL takes. */
function ciphersOf(list: string, context: Context): string {
  if (cipherList.parse(list).ok) return list;
  say(CIPHERS, `is not an OpenSSL cipher list: "${DEFAULT_CIPHERS}" is used`, 'write "HIGH:!aNULL:!MD5"', context);
  return DEFAULT_CIPHERS;
}

function nameOf(values: Values, { ingress, report }: Context): string | undefined {
  if (values[NAME] !== '') return values[NAME];
  if (values[VERIFY] === 'on') {
    const message = `${VERIFY} without ${NAME}: the certificate of the backend must bear the name ${NAME_OF_ALL}`;
    const help = `set ${NAME} to the name in the certificate`;
    report({ rule: backendNameMissing, message, help, at: annotationRef(ingress, VERIFY) });
  }
  return values[VERIFY] === 'on' || values[SEND_NAME] === 'on' ? NAME_OF_ALL : undefined;
}

function read(values: Values, context: Context): Encryption | Closed<never> | undefined {
  if (values[VERIFY] === 'no') say(VERIFY, 'is not one of on, off: nothing is checked', 'write "off"', context);
  if (context.refused.has(SECRET) || context.refused.has(VERIFY)) return undefined;
  if (values[SECRET] === '') return readWithoutSecret(context);
  const files = filesOf(values, context);
  if (files === undefined) return closed('location', `the Secret of ${SECRET} is missing or not valid`);
  const name = nameOf(values, context);
  return {
    ...files,
    isForHost: !context.options[LOCATION_ONLY] && files.authorities !== undefined,
    settings: {
      ciphers: ciphersOf(values[CIPHERS], context),
      protocols: values[PROTOCOLS],
      isVerified: values[VERIFY] === 'on',
      depth: Math.max(1, values[DEPTH]),
      ...(name === undefined ? {} : { name }),
      sendsName: values[SEND_NAME] === 'on',
    },
  };
}

/**
 * TLS to backends.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/proxyssl/main.go, and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const backendTls = defineFamily({
  name: 'backendTls',
  options: {
    [LOCATION_ONLY]: {
      type: bool,
      default: false,
      example: 'true',
      summary:
        'Whether the `proxy-ssl-` annotations count for their own Ingress alone; otherwise those of the oldest Ingress of a host count for the others, too.',
      becomes: 'proxy_ssl_certificate, proxy_ssl_verify',
    } satisfies OptionSpec<boolean>,
  },
  annotations: {
    [SECRET]: {
      type: trimmed(text(/^[-/._~a-zA-Z0-9:]*$/, 'letters, digits and - . _ ~ / :')),
      default: '',
      example: 'shop/backends',
      summary:
        'The Secret (`namespace/name`) for TLS to backends: `ca.crt`, by which they are checked, and `tls.crt` and `tls.key`, which they are shown. Without it the other `proxy-ssl-` annotations have no effect; `proxy-ssl-verify` without it closes the locations (503).',
      becomes: 'proxy_ssl_trusted_certificate, proxy_ssl_certificate, proxy_ssl_certificate_key',
      differs: [
        { says: 'holds for gRPC over TLS, too; the controller neither shows a certificate there nor checks one' },
      ],
    } satisfies OptionSpec<string>,
    [CIPHERS]: {
      type: trimmed(text(/^[A-Za-z0-9+:_!-]*$/, 'the names of ciphers with : between them, and ! + - _')),
      default: DEFAULT_CIPHERS,
      example: 'HIGH:!aNULL:!MD5',
      summary: 'The ciphers for HTTPS to the backend, of TLS 1.2 and older.',
      becomes: 'proxy_ssl_ciphers',
    } satisfies OptionSpec<string>,
    [NAME]: {
      type: trimmed(backendName),
      default: '',
      example: 'backend.example.com',
      summary: 'The name that the certificate of the backend must bear, and that the backend is told by SNI.',
      becomes: 'proxy_ssl_name',
    } satisfies OptionSpec<string>,
    [PROTOCOLS]: {
      type: protocols,
      default: ['TLSv1.2'],
      example: 'TLSv1.2 TLSv1.3',
      summary: 'The versions of TLS for HTTPS to the backend.',
      becomes: 'proxy_ssl_protocols',
    } satisfies OptionSpec<readonly string[]>,
    [SEND_NAME]: {
      type: trimmed(onOff),
      default: 'off',
      example: 'on',
      summary: 'Whether the backend is told by SNI which name is meant.',
      becomes: 'proxy_ssl_server_name',
    } satisfies OptionSpec<OnOff>,
    [VERIFY]: {
      type: trimmed(verifyWord),
      default: 'off',
      example: 'on',
      summary: 'Whether the certificate of the backend is checked: it must bear `proxy-ssl-name`.',
      becomes: 'proxy_ssl_verify',
    } satisfies OptionSpec<OnOff | 'no'>,
    [DEPTH]: {
      type: integer({ min: 0, max: 100 }),
      default: 1,
      example: '2',
      summary: 'How many certificates may follow that of the backend in its chain; `0` is 1.',
      becomes: 'proxy_ssl_verify_depth',
    } satisfies OptionSpec<number>,
  },
  switchedOnBy: SECRET,
  invalid: { rule: invalidGuard, isDropped: name => name === SECRET, of: [SECRET, VERIFY] },
  read,
  gives: { encryption: asked => asked },
});
