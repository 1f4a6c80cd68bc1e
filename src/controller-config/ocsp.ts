import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { bool } from '../options/value-type.ts';

/** What the responders of certificates say of them. */
export const ocsp = defineFamily({
  name: 'ocsp',
  annotations: {},
  options: {
    'enable-ocsp': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether OCSP responses are stapled to certificates whose chain has the issuer.',
      becomes: 'ssl_stapling',
      differs: [
        {
          says: 'nginx does not check the responses itself, as clients do, and asks again an hour later, not three days',
          where: isOn => isOn,
        },
      ],
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: { http: options => (options['enable-ocsp'] ? { isStapled: true } : undefined) },
});
