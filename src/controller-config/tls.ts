import { defineFamily } from '../annotations/family.ts';
import { cipherList } from '../options/cipher-list.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';

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
  },
  read: () => undefined,
  gives: { http: options => ({ protocols: options['ssl-protocols'], ciphers: options['ssl-ciphers'] }) },
});
