import type { OptionsContext } from '../annotations/family.ts';
import { defineFamily } from '../annotations/family.ts';
import { fileStem } from '../cluster/object-name.ts';
import { readDhParameters } from '../pem/dh-parameters.ts';
import { refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import { unusableDhParameters } from './rules/tls.ts';
import { cipherList } from '../options/cipher-list.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, text, trimmed } from '../options/value-type.ts';

const PROTOCOLS = new Set(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);

const protocols: ValueType<readonly string[]> = {
  name: 'list of TLS versions, separated by spaces',
  separator: ' ',
  schema: { pattern: '^(TLSv1(\\.[123])?)( TLSv1(\\.[123])?)*$' },
  parse(value) {
    const words = value.split(/\s+/).filter(word => word !== '');
    const wrong = words.find(word => !PROTOCOLS.has(word));
    if (wrong === undefined && words.length > 0) return { ok: true, value: [...new Set(words)].toSorted() };
    const problem = 'is not a list of TLS versions, separated by spaces';
    const spaced = value.split(/[\s,;:]+/).filter(word => PROTOCOLS.has(word));
    return { ok: false, problem, help: `write "${spaced.length > 0 ? spaced.join(' ') : 'TLSv1.2 TLSv1.3'}"` };
  },
};

/** The controller's default, which is the intermediate set that Mozilla recommends. */
const DEFAULT_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
].join(':');

const CURVES = 'ssl-ecdh-curve';
const DH = 'ssl-dh-param';
const DH_KEY = 'dhparam.pem';

/** The names that every OpenSSL from 1.1.1 on has. */
const CURVE_NAMES: ReadonlySet<string> = new Set([
  'X25519',
  'X448',
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'P-256',
  'P-384',
  'P-521',
]);

/** One name that OpenSSL does not know, and nginx refuses the whole configuration. */
const curveList: ValueType<string> = {
  name: '`auto`, or names of curves with `:` between them',
  schema: { pattern: '^[A-Za-z0-9-]+(:[A-Za-z0-9-]+)*$' },
  parse(value) {
    const wrong = value === 'auto' ? undefined : value.split(':').find(name => !CURVE_NAMES.has(name));
    if (wrong === undefined) return { ok: true, value };
    return { ok: false, problem: `has "${wrong}", which not every OpenSSL knows`, help: 'write "X25519:prime256v1"' };
  },
};

/** Puts the parameters beside nginx.conf; undefined, and said, where there are none. */
function dhParametersOf(name: string, { tables, report, written, keep }: OptionsContext): string | undefined {
  const at = written(DH);
  if (name === '' || at === undefined) return undefined;
  const secret = tables.secrets.get(name);
  if (secret === undefined) {
    const message = `${DH}: the Secret ${name} is not in the input: no parameters are used`;
    const lacks = { kind: 'Secret', key: name } as const;
    report({ rule: unusableDhParameters, message, help: 'add the Secret to the input', at, lacks });
    return undefined;
  }
  // What is wrong with one that was refused has been said.
  if (secret.isRefused === true) return undefined;
  const read = readDhParameters(Buffer.from(secret.data[DH_KEY] ?? '', 'base64').toString('latin1'), DH_KEY);
  if ('message' in read) {
    const message = `${DH}: the Secret ${name} ${read.message}: none are used`;
    report({ rule: unusableDhParameters, message, help: read.help, at });
    return undefined;
  }
  const id = fileStem(secret.namespace, secret.name, 'dh');
  return keep({ kind: 'dh-parameters', id, content: read.content, from: cameFrom(secret, refOf(secret)) });
}

/** TLS of all hosts. */
export const tls = defineFamily({
  name: 'tls',
  annotations: {},
  options: {
    'ssl-protocols': {
      type: protocols,
      default: ['TLSv1.2', 'TLSv1.3'],
      example: 'TLSv1.3',
      summary: 'The versions of TLS that clients may use.',
      becomes: 'ssl_protocols',
    } satisfies OptionSpec<readonly string[]>,
    'ssl-ciphers': {
      type: cipherList,
      default: DEFAULT_CIPHERS,
      example: 'HIGH:!aNULL:!MD5',
      summary: 'The ciphers of TLS 1.2 and older, as an OpenSSL list.',
      becomes: 'ssl_ciphers',
    } satisfies OptionSpec<string>,
    [CURVES]: {
      type: curveList,
      default: 'auto',
      example: 'X25519:prime256v1',
      summary: 'The elliptic curves of the key exchange, as an OpenSSL list; `auto` leaves them to OpenSSL.',
      becomes: 'ssl_ecdh_curve',
    } satisfies OptionSpec<string>,
    [DH]: {
      type: trimmed(text(/^[-/._~a-zA-Z0-9]*$/, 'letters, digits and - . /')),
      default: '',
      example: 'ingress-nginx/tls-dhparam',
      summary:
        'The Secret (`namespace/name`) with Diffie-Hellman parameters under `dhparam.pem`, for ciphers with DHE in their names.',
      becomes: 'ssl_dhparam',
    } satisfies OptionSpec<string>,
    'ssl-early-data': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether clients may send a request before the TLS 1.3 handshake is complete (0-RTT).',
      becomes: 'ssl_early_data, proxy_set_header',
      differs: [
        {
          says: 'backends are told of such requests by the header Early-Data, so that they may answer 425',
          where: isOn => isOn,
        },
      ],
    } satisfies OptionSpec<boolean>,
    'ssl-reject-handshake': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether TLS connections for hosts that no Ingress names are refused in the handshake.',
      becomes: 'ssl_reject_handshake',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    http(options, context) {
      const dhParameters = dhParametersOf(options[DH], context);
      const { [CURVES]: curves } = options;
      return {
        protocols: options['ssl-protocols'],
        ciphers: options['ssl-ciphers'],
        ...(curves === 'auto' ? {} : { curves }),
        ...(dhParameters === undefined ? {} : { dhParameters }),
        ...(options['ssl-early-data'] ? { takesEarlyData: true } : {}),
        ...(options['ssl-reject-handshake'] ? { rejectsUnknown: true } : {}),
      };
    },
  },
});
