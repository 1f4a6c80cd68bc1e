import { bool } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';

/** Where requests for a Service go. */
export const upstreamOptions = {
  'service-upstream': {
    type: bool,
    default: false,
    example: 'true',
    summary: 'Whether requests go to the address of a Service, if it has one, instead of to its endpoints.',
  } satisfies OptionSpec<boolean>,
} as const;
