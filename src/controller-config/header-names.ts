import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** Which headers of requests count. */
export const headerNames = defineFamily({
  name: 'headerNames',
  annotations: {},
  options: {
    'enable-underscores-in-headers': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether request headers may have underscores in their names.',
      becomes: 'underscores_in_headers',
    } satisfies OptionSpec<boolean>,
    'ignore-invalid-headers': {
      type: bool,
      default: true,
      example: 'false',
      summary: 'Whether request headers with invalid names are dropped.',
      becomes: 'ignore_invalid_headers',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    http(options) {
      const allowsUnderscores = options['enable-underscores-in-headers'];
      const dropsInvalid = options['ignore-invalid-headers'];
      return allowsUnderscores || !dropsInvalid ? { allowsUnderscores, dropsInvalid } : undefined;
    },
  },
});
