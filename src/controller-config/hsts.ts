import { bool, integer } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import { defineFamily } from '../annotations/family.ts';

/** Strict transport security of all hosts. */
export const hsts = defineFamily({
  name: 'hsts',
  annotations: {},
  options: {
    hsts: {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether HTTPS responses tell browsers to use HTTPS only.',
      becomes: 'map, add_header',
    } satisfies OptionSpec<boolean>,
    'hsts-max-age': {
      type: integer({ min: 0, max: 9_999_999_999 }),
      default: 31_536_000,
      example: '86400',
      summary: 'For how many seconds browsers remember that.',
      becomes: 'add_header',
    } satisfies OptionSpec<number>,
    'hsts-include-subdomains': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether it holds for all subdomains, too.',
      becomes: 'add_header',
    } satisfies OptionSpec<boolean>,
    'hsts-preload': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the host asks to be in the list that browsers ship.',
      becomes: 'add_header',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      if (!options.hsts) return undefined;
      const parts = [`max-age=${options['hsts-max-age']}`];
      if (options['hsts-include-subdomains']) parts.push('includeSubDomains');
      if (options['hsts-preload']) parts.push('preload');
      return { value: parts.join('; ') };
    },
  },
});
