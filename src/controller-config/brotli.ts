import { defineFamily } from '../annotations/family.ts';
import { reportMissingModule } from '../annotations/nginx-modules.ts';
import { mimeTypes, TEXT_TYPES } from '../options/mime-types.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool, integer } from '../options/value-type.ts';

/** The controller's default. */
const DEFAULT_TYPES = ['application/xml+rss', ...TEXT_TYPES];

/**
 * Compression with Brotli, for all hosts, where nginx has the module.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl, the lines behind EnableBrotli.
 */
export const brotli = defineFamily({
  name: 'brotli',
  annotations: {},
  options: {
    'enable-brotli': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether responses are compressed with Brotli; needs `--nginx-module brotli`.',
      becomes: 'brotli',
    } satisfies OptionSpec<boolean>,
    'brotli-level': {
      type: integer({ min: 0, max: 11 }),
      default: 4,
      example: '6',
      summary: 'How much effort compression with Brotli takes: from 0 (fast) to 11 (small).',
      becomes: 'brotli_comp_level',
    } satisfies OptionSpec<number>,
    'brotli-min-length': {
      type: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      default: 20,
      example: '1024',
      summary: 'Responses with fewer bytes are not compressed with Brotli.',
      becomes: 'brotli_min_length',
    } satisfies OptionSpec<number>,
    'brotli-types': {
      type: mimeTypes,
      default: DEFAULT_TYPES,
      example: 'application/json text/css',
      summary: 'The MIME types that are compressed with Brotli, besides `text/html`; `*` is every type.',
      becomes: 'brotli_types',
    } satisfies OptionSpec<readonly string[]>,
  },
  read: () => undefined,
  gives: {
    http(options, { hasModule, report, written }) {
      const name = 'enable-brotli';
      if (!options[name]) return undefined;
      if (!hasModule('brotli')) {
        const lost = 'responses are not compressed with it';
        reportMissingModule({ module: 'brotli', name, lost, at: written(name) }, report);
        return undefined;
      }
      return {
        level: options['brotli-level'],
        minLength: options['brotli-min-length'],
        types: options['brotli-types'].filter(type => type !== 'text/html'),
      };
    },
  },
});
