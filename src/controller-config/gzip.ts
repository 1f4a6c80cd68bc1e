import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, integer } from '../options/value-type.ts';
import { mimeTypes, TEXT_TYPES } from '../options/mime-types.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import { problemOfText } from '../routing/text.ts';

/** A regular expression, or nothing for none. */
const agents: ValueType<string> = {
  name: 'regular expression',
  schema: {},
  parse(text) {
    const problem = problemOfText(text);
    if (problem !== undefined) return { ok: false, problem };
    const broken = text === '' ? undefined : problemOfRegex(text);
    if (broken === undefined) return { ok: true, value: text };
    return { ok: false, problem: `is an invalid regular expression: ${broken}`, help: 'correct the expression' };
  },
};

/**
 * Compression with gzip, for all hosts.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, the lines behind UseGzip.
 */
export const gzip = defineFamily({
  name: 'gzip',
  annotations: {},
  options: {
    'use-gzip': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether responses are compressed with gzip.',
      becomes: 'gzip, gzip_proxied, gzip_vary',
    } satisfies OptionSpec<boolean>,
    'gzip-level': {
      type: integer({ min: 1, max: 9 }),
      default: 1,
      example: '5',
      summary: 'How much effort compression takes: from 1 (fast) to 9 (small).',
      becomes: 'gzip_comp_level',
    } satisfies OptionSpec<number>,
    'gzip-min-length': {
      type: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      default: 256,
      example: '1024',
      summary: 'Responses with fewer bytes are not compressed.',
      becomes: 'gzip_min_length',
    } satisfies OptionSpec<number>,
    'gzip-types': {
      type: mimeTypes,
      default: TEXT_TYPES,
      example: 'application/json text/css',
      summary: 'The MIME types that are compressed, besides `text/html`; `*` is every type.',
      becomes: 'gzip_types',
    } satisfies OptionSpec<readonly string[]>,
    'gzip-disable': {
      type: agents,
      default: '',
      example: 'MSIE [4-6]\\.',
      summary: 'Clients with a User-Agent that matches get uncompressed responses.',
      becomes: 'gzip_disable',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      if (!options['use-gzip']) return undefined;
      return {
        level: options['gzip-level'],
        minLength: options['gzip-min-length'],
        types: options['gzip-types'].filter(type => type !== 'text/html'),
        exceptAgents: options['gzip-disable'] === '' ? undefined : options['gzip-disable'],
      };
    },
  },
});
